<?php header("Cache-Control: no-store"); echo "ran static";
