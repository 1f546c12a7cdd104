<?php echo "ran the list";
