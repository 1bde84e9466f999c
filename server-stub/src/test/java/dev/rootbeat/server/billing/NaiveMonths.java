package dev.rootbeat.server.billing;

import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.PlanChange;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The money of one device, told by walking through the days one by one: slow, and plain enough to be believed. */
final class NaiveMonths {

    /** A period; the day after its last is not known while it runs. */
    static final class Month {
        final String domain;
        final Plan plan;
        final LocalDate start;

        @Nullable
        LocalDate end;

        Month(String domain, Plan plan, LocalDate start) {
            this.domain = domain;
            this.plan = plan;
            this.start = start;
        }
    }

    /** What a domain owes by an invoice of a day: a month's price, or an event at the prices of a month. */
    record Owed(
            LocalDate day,
            String domain,
            Plan plan,
            LocalDate start,
            @Nullable BillingEvent event) {}

    final List<Month> months = new ArrayList<>();
    private final List<PlanChange> changes;
    private int told;
    private String domain = "";
    private Plan plan = Plan.NONE;
    private int dayOfMonth;
    private boolean running;

    NaiveMonths(List<PlanChange> changes, LocalDate from, LocalDate until) {
        this.changes = changes;
        for (LocalDate day = from; !day.isAfter(until); day = day.plusDays(1)) {
            live(day);
        }
    }

    private void live(LocalDate day) {
        // What changed up to the first moment of the day counts for the renewal.
        hear(day, false);
        if (running && renewsOn(day)) {
            months.getLast().end = day;
            running = plan != Plan.NONE;
            if (running) {
                months.add(new Month(domain, plan, day));
            }
        }
        if (!running && plan != Plan.NONE) {
            begin(day);
        }
        hear(day, true);
    }

    private void hear(LocalDate day, boolean wholeDay) {
        var end =
                (wholeDay ? day.plusDays(1).atStartOfDay() : day.atStartOfDay().plusNanos(1)).toInstant(ZoneOffset.UTC);
        while (told < changes.size() && changes.get(told).at().isBefore(end)) {
            domain = changes.get(told).domain();
            plan = changes.get(told).plan();
            told++;
            if (!running && plan != Plan.NONE) {
                begin(day);
            }
        }
    }

    private void begin(LocalDate day) {
        dayOfMonth = day.getDayOfMonth();
        running = true;
        months.add(new Month(domain, plan, day));
    }

    private boolean renewsOn(LocalDate day) {
        LocalDate start = months.getLast().start;
        boolean nextMonth = day.getMonth() == start.getMonth().plus(1);
        return nextMonth && day.getDayOfMonth() == Math.min(dayOfMonth, day.lengthOfMonth());
    }

    /** Everything that is owed by invoices up to a day, in their order. */
    List<Owed> owed(List<BillingEvent> events, LocalDate until) {
        var owed = new TreeMap<LocalDate, List<Owed>>();
        for (Month month : months) {
            if (month.end != null) {
                add(owed, new Owed(firstFrom(month.end), month.domain, month.plan, month.start, null));
            }
        }
        for (BillingEvent event : events) {
            LocalDate day = event.at().atOffset(ZoneOffset.UTC).toLocalDate();
            Month in = null;
            for (Month month : months) {
                in = month.start.isAfter(day) ? in : month;
            }
            if (in != null && in.end != null) {
                LocalDate complete = day.isBefore(in.end) ? in.end : day.plusDays(1);
                add(owed, new Owed(firstFrom(complete), event.domain(), in.plan, in.start, event));
            }
        }
        return owed.headMap(until, true).values().stream().flatMap(List::stream).toList();
    }

    private static void add(Map<LocalDate, List<Owed>> owed, Owed one) {
        owed.computeIfAbsent(one.day(), _ -> new ArrayList<>()).add(one);
    }

    private static LocalDate firstFrom(LocalDate day) {
        LocalDate first = day;
        while (first.getDayOfMonth() != 1) {
            first = first.plusDays(1);
        }
        return first;
    }
}
