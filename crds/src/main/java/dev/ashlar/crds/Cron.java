package dev.ashlar.crds;

/** The five fields of a schedule as a regular expression: each a list of numbers, ranges or stars, with steps. */
final class Cron {
    private static final String STEP = "(/[1-9][0-9]?)?";
    private static final String MINUTE = "([*]|[0-5]?[0-9](-[0-5]?[0-9])?)" + STEP;
    private static final String HOUR = "([*]|(1?[0-9]|2[0-3])(-(1?[0-9]|2[0-3]))?)" + STEP;
    private static final String DAY = "([*]|([1-9]|[12][0-9]|3[01])(-([1-9]|[12][0-9]|3[01]))?)" + STEP;
    private static final String MONTH = "([*]|([1-9]|1[0-2])(-([1-9]|1[0-2]))?)" + STEP;
    private static final String WEEKDAY = "([*]|[0-6](-[0-6])?)" + STEP;

    static final String PATTERN = MINUTE + "(," + MINUTE + ")* " + HOUR + "(," + HOUR + ")* " + DAY + "(," + DAY + ")* "
            + MONTH + "(," + MONTH + ")* " + WEEKDAY + "(," + WEEKDAY + ")*";

    private Cron() {}
}
