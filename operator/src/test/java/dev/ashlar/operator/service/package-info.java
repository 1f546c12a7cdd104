@NullMarked
package dev.ashlar.operator.service;

import org.jspecify.annotations.NullMarked;
