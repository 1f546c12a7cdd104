/**
 * What the API server refuses, shared by the tests of both kinds: {@code src/test/resources/validation/KIND/RULE} holds a good file and a bad one, which differ in
 * what the rule is about, and the bad one's first line is the expected message. Of a rule about a change, {@code old.yaml} is what is there before.
 */
@NullMarked
package dev.ashlar.operator.validation;

import org.jspecify.annotations.NullMarked;
