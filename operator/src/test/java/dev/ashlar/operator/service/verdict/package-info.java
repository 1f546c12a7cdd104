@NullMarked
package dev.ashlar.operator.service.verdict;

import org.jspecify.annotations.NullMarked;
