@NullMarked
package dev.ashlar.operator.service.plan;

import org.jspecify.annotations.NullMarked;
