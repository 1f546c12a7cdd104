<?php
$said = $_POST["word"] ?? "";
echo "ran index: {$_SERVER["REQUEST_METHOD"]} {$_SERVER["REQUEST_URI"]} said=$said https=" . ($_SERVER["HTTPS"] ?? "")
    . " port={$_SERVER["SERVER_PORT"]} from={$_SERVER["REMOTE_ADDR"]} greeting=" . getenv("GREETING") . " version=1";
