<?php
file_put_contents("/content/uploads/" . basename($_GET["name"]), file_get_contents("php://input"));
echo "stored";
