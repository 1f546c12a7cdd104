package dev.ashlar.operator.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A regular expression, of those that the schemas use, read as a recipe for strings that it matches. */
sealed interface Pattern {
    /** What a class without an end such as {@code [^/]} is filled with. */
    String ANY = "abcxyz-_.~0189AZ!$&'()*+,;=%@\"\\`<>|^{}[]#?éß漢字\uD83D\uDE00\u202E\u00AD";

    String make(RandomGenerator random);

    static Pattern of(String expression) {
        return new Parser(expression).choice();
    }

    record Chars(List<Integer> points) implements Pattern {
        @Override
        public String make(RandomGenerator random) {
            return Character.toString(points.get(random.nextInt(points.size())));
        }
    }

    record Repeat(Pattern what, int least, int most) implements Pattern {
        /** Mostly few, now and then as many as are allowed. */
        @Override
        public String make(RandomGenerator random) {
            int spread = Math.min(most - least, random.nextInt(20) == 0 ? 60 : 3);
            return what(random, least + random.nextInt(spread + 1));
        }

        private String what(RandomGenerator random, int times) {
            var made = new StringBuilder();
            for (int i = 0; i < times; i++) {
                made.append(what.make(random));
            }
            return made.toString();
        }
    }

    record Sequence(List<Pattern> parts) implements Pattern {
        @Override
        public String make(RandomGenerator random) {
            var made = new StringBuilder();
            parts.forEach(part -> made.append(part.make(random)));
            return made.toString();
        }
    }

    record Choice(List<Pattern> parts) implements Pattern {
        @Override
        public String make(RandomGenerator random) {
            return parts.get(random.nextInt(parts.size())).make(random);
        }
    }

    /** Reads an expression from left to right. */
    final class Parser {
        private final String text;
        private int at;

        private Parser(String text) {
            this.text = text;
        }

        private Pattern choice() {
            List<Pattern> parts = new ArrayList<>(List.of(sequence()));
            while (at < text.length() && text.charAt(at) == '|') {
                at++;
                parts.add(sequence());
            }
            return new Choice(parts);
        }

        private Pattern sequence() {
            List<Pattern> parts = new ArrayList<>();
            while (at < text.length() && "|)".indexOf(text.charAt(at)) < 0) {
                if ("^$".indexOf(text.charAt(at)) < 0) {
                    parts.add(repeated(one()));
                } else {
                    at++;
                }
            }
            return new Sequence(parts);
        }

        private Pattern one() {
            char first = text.charAt(at++);
            if (first == '(') {
                Pattern inside = choice();
                at++;
                return inside;
            }
            return first == '[' ? charClass() : new Chars(List.of((int) first));
        }

        private Pattern repeated(Pattern what) {
            return switch (at < text.length() ? text.charAt(at) : ' ') {
                case '?' -> times(what, 0, 1, 1);
                case '*' -> times(what, 0, 60, 1);
                case '+' -> times(what, 1, 61, 1);
                case '{' -> {
                    int end = text.indexOf('}', at);
                    String[] bounds = text.substring(at + 1, end).split(",", -1);
                    yield times(
                            what,
                            Integer.parseInt(bounds[0]),
                            Integer.parseInt(bounds[bounds.length - 1]),
                            end + 1 - at);
                }
                default -> what;
            };
        }

        private Pattern times(Pattern what, int least, int most, int length) {
            at += length;
            return new Repeat(what, least, most);
        }

        private Pattern charClass() {
            boolean negated = text.charAt(at) == '^';
            at += negated ? 1 : 0;
            List<Integer> points = new ArrayList<>();
            while (text.charAt(at) != ']') {
                if (text.startsWith("[:space:]", at)) {
                    " \t\n".chars().forEach(points::add);
                    at += "[:space:]".length();
                } else if (text.charAt(at + 1) == '-' && text.charAt(at + 2) != ']') {
                    for (int point = text.charAt(at); point <= text.charAt(at + 2); point++) {
                        points.add(point);
                    }
                    at += 3;
                } else {
                    points.add((int) text.charAt(at++));
                }
            }
            at++;
            return new Chars(
                    negated
                            ? ANY.codePoints()
                                    .filter(p -> !points.contains(p))
                                    .boxed()
                                    .toList()
                            : points);
        }
    }
}
