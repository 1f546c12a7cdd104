/** What is made of a website's files, so that nginx need not do it for each request: their index, and packed copies. */
@NullMarked
package dev.ashlar.images.website;

import org.jspecify.annotations.NullMarked;
