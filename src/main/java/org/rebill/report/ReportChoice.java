package org.rebill.report;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.LocalDate;
import org.rebill.page.Address;
import org.rebill.page.Formats;

/** Which report the address asks for, and what it is about. */
@RequestScoped
class ReportChoice {
    private final Address address;
    private final Formats formats;

    @Inject
    ReportChoice(Address address, Formats formats) {
        this.address = address;
        this.formats = formats;
    }

    /** Periods that move with the day, so that a saved report stays of use. */
    enum Period {
        YEAR,
        QUARTER,
        MONTH,
        LAST_MONTH,
        LAST_YEAR,
        /** The days in the address. */
        DAYS
    }

    Preset preset() {
        String name = address.text("report");
        return name.isEmpty() ? Preset.CLIENTS : Preset.of(name);
    }

    Period period() {
        return address.choice("period", Period.class)
                .orElse(address.date("from").isPresent() || address.date("to").isPresent() ? Period.DAYS : Period.YEAR);
    }

    LocalDate from() {
        LocalDate today = formats.today();
        return switch (period()) {
            case YEAR -> today.withDayOfYear(1);
            case QUARTER -> today.withDayOfMonth(1).minusMonths((today.getMonthValue() - 1) % 3);
            case MONTH -> today.withDayOfMonth(1);
            case LAST_MONTH -> today.withDayOfMonth(1).minusMonths(1);
            case LAST_YEAR -> today.withDayOfYear(1).minusYears(1);
            case DAYS -> address.date("from").orElseGet(() -> to().withDayOfYear(1));
        };
    }

    LocalDate to() {
        LocalDate today = formats.today();
        return switch (period()) {
            case LAST_MONTH -> today.withDayOfMonth(1).minusDays(1);
            case LAST_YEAR -> today.withDayOfYear(1).minusDays(1);
            case DAYS -> address.date("to").orElse(today);
            default -> today;
        };
    }

    ReportFilter filter() {
        return new ReportFilter(
                from(),
                to(),
                address.id("client").orElse(null),
                address.id("person").orElse(null),
                address.id("source").orElse(null),
                address.text("currency"));
    }
}
