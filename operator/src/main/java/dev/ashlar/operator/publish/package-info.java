/**
 * A folder becomes a website: its content image is made and pushed, the digest written into the Site's own YAML file,
 * which is applied and watched until the page is served. The file is the user's: everything in it that is not the
 * content's image stays as it was, to the letter.
 */
@NullMarked
package dev.ashlar.operator.publish;

import org.jspecify.annotations.NullMarked;
