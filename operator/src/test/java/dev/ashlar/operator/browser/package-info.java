/** Sites as a browser shows them. */
@NullMarked
package dev.ashlar.operator.browser;

import org.jspecify.annotations.NullMarked;
