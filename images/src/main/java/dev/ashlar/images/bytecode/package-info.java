/**
 * Makes what Quarkus generates the same each time. Its build steps run in parallel and iterate over sets that are ordered
 * by the addresses of objects, so that two builds of the same sources differ in {@code quarkus/generated-bytecode.jar}, by
 * four things: the numbers in the keys by which recorded steps hand values to each other; the order, and so the numbers, of
 * the classes of configuration; the order in which required properties are put into a set; and whether the first interval of
 * a retry is set. Each class here settles one of them. What it sorts has no order for the program, and may come from Quarkus
 * in this very order too; what it leaves out is set by the configuration in any case. What was rewritten is verified as the JVM
 * would, and the build ends where that fails.
 *
 * <p>Classes that Quarkus transforms are listed by the absolute paths of where they come from, which is one order everywhere
 * as long as all of them come from Maven's repository. None of ours is among them, since each bean is a singleton, which needs
 * no proxy.
 *
 * <p>It runs in Maven's phase {@code package}, after Quarkus, so that the command line and the image are the same bytes.
 */
@NullMarked
package dev.ashlar.images.bytecode;

import org.jspecify.annotations.NullMarked;
