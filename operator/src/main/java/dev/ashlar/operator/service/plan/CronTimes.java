package dev.ashlar.operator.service.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The times of a cron line, of which the schema lets only well-formed ones through. */
public final class CronTimes {
    /** A date that exists in leap years comes after eight years at the latest. */
    private static final int YEARS = 9;

    private static final int SUNDAY = 7;

    private final ZoneId zone;
    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekdays;
    private final boolean isEitherDayEnough;

    private CronTimes(String[] fields, ZoneId zone) {
        this.zone = zone;
        this.minutes = numbers(fields[0], 0, 59);
        this.hours = numbers(fields[1], 0, 23);
        this.days = numbers(fields[2], 1, 31);
        this.months = numbers(fields[3], 1, 12);
        this.weekdays = numbers(fields[4], 0, SUNDAY - 1);
        this.isEitherDayEnough = !fields[2].startsWith("*") && !fields[4].startsWith("*");
    }

    static CronTimes of(String cron, ZoneId zone) {
        return new CronTimes(cron.trim().split("\\s+"), zone);
    }

    /** The first time after this one; empty where no such day exists. */
    public Optional<Instant> after(Instant before) {
        ZonedDateTime from = before.atZone(zone);
        return Stream.iterate(from.toLocalDate(), date -> date.plusDays(1))
                .takeWhile(date -> date.isBefore(from.toLocalDate().plusYears(YEARS)))
                .filter(this::isOn)
                .flatMap(this::timesOn)
                .filter(time -> time.isAfter(before))
                .findFirst();
    }

    /** Days of the month and of the week that are both restricted add up, as cron always did. */
    private boolean isOn(LocalDate date) {
        boolean day = days.get(date.getDayOfMonth());
        boolean weekday = weekdays.get(date.getDayOfWeek().getValue() % SUNDAY);
        return months.get(date.getMonthValue()) && (isEitherDayEnough ? day || weekday : day && weekday);
    }

    /** A time that the clock skips in spring is none. */
    private Stream<Instant> timesOn(LocalDate date) {
        return hours.stream()
                .boxed()
                .flatMap(hour -> minutes.stream()
                        .mapToObj(minute -> date.atTime(hour, minute))
                        .map(time -> time.atZone(zone))
                        .filter(time -> time.getHour() == hour)
                        .map(ZonedDateTime::toInstant));
    }

    private static BitSet numbers(String field, int least, int most) {
        BitSet numbers = new BitSet();
        Stream.of(field.split(","))
                .flatMapToInt(part -> part(part, least, most))
                .forEach(numbers::set);
        return numbers;
    }

    /** {@code *}, {@code 7}, {@code 1-5}, each with a step as {@code /2}; a number with a step goes on to the end. */
    private static IntStream part(String part, int least, int most) {
        String[] stepped = part.split("/");
        int step = stepped.length > 1 ? Integer.parseInt(stepped[1]) : 1;
        String[] range = stepped[0].equals("*") ? new String[] {least + "", most + ""} : stepped[0].split("-");
        int first = Integer.parseInt(range[0]);
        int single = stepped.length > 1 ? most : first;
        int last = range.length > 1 ? Integer.parseInt(range[1]) : single;
        return IntStream.iterate(first, number -> number <= last, number -> number + step);
    }
}
