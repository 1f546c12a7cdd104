/**
 * Whether Sites answer: each that says that it is Ready is asked for its front page through the gateway, as a visitor would. It reads the
 * Site's spec and status alone, and asks nothing of the API server. What it finds is a condition of the Site, which Ready does not wait for,
 * and two metrics.
 */
@NullMarked
package dev.ashlar.operator.monitor;

import org.jspecify.annotations.NullMarked;
