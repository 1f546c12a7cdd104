<?php echo "ran a secret";
