@NullMarked
package dev.ashlar.operator.site;

import org.jspecify.annotations.NullMarked;
