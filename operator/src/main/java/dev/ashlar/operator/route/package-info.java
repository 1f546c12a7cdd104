/**
 * The gateway's configuration: which host and path of which Site is answered by whom. All of it is one Secret beside the operator, which the
 * gateway watches, so that it takes effect at once, is there again when the gateway or the operator starts, and is read by nobody else.
 * The parts are pure: {@link dev.ashlar.operator.route.SiteRoutes} is what one Site asks for, {@code Holders} decides who has which
 * domain, {@code GatewayConfig} writes Caddy's JSON. {@link dev.ashlar.operator.route.Gateway} alone keeps state: what was asked for
 * since the start, and what was published of it.
 *
 * <p>{@link dev.ashlar.operator.route.Routing} is what a Site's reconciler knows of it: behind it is this gateway, or one of the cluster's own,
 * of which package {@code standard} makes the objects. The Secret then holds who has which domain, and nothing else.
 */
@NullMarked
package dev.ashlar.operator.route;

import org.jspecify.annotations.NullMarked;
