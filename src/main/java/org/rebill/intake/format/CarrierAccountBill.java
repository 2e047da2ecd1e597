package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A telephone company's monthly bill by account code, as CSV with a line of names or as text, such as what
 * {@code pdftotext -layout} makes of the PDF. Outbound calls only. The code stands in a column or in a heading above its
 * calls. Minutes are the company's, in tenths or rounded up, and count as they are billed.
 *
 * <p>Lines of totals are compared with the calls above and below them and are set apart when they differ, with both
 * figures. For that, and for codes in headings, the beginning of the file is looked at as a whole ({@link BillHead}).
 *
 * <p>No two companies print the same; what is read are the things that any bill has: date, time, the number called,
 * minutes, amount. There is no vendor's documentation to it.
 */
@ApplicationScoped
public class CarrierAccountBill implements RecordFormat {
    @Override
    public String id() {
        return "carrier-account-bill";
    }

    @Override
    public String name() {
        return "Telephone company's bill by account code (CSV or text)";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "Ask the telephone company for the account code service (a block of codes, verified or not) and for the"
                        + " call detail by account code as CSV; most offer it in their customer portal under Billing or"
                        + " Reports.",
                "Send the CSV file with its line of names (such as Account Code, Date, Time, From, To, Minutes, Amount), as"
                        + " it was downloaded.",
                "If there is a PDF only, make text of it (pdftotext -layout bill.pdf bill.txt, or copy its lines into a text"
                        + " file) and send that.",
                "A changed or new code takes the company a few days: tell it under Codes, so that calls in between are"
                        + " looked at.",
                "The service counts outgoing calls only. Calls that came in, and codes that were forgotten, are not on the"
                        + " bill.");
    }

    @Override
    public List<FormatOption> options() {
        return List.of(YearFinder.NEWEST);
    }

    @Override
    public Optional<String> problem(FormatOption option, String value) {
        return YearFinder.problem(value);
    }

    @Override
    public boolean recognises(byte[] head) {
        if (FileHead.notText(head).isPresent()) {
            return false;
        }
        if (BillColumns.of(head).isPresent()) {
            return true;
        }
        List<String> lines = FirstLines.lines(head);
        boolean named = lines.stream().anyMatch(BillText::isHeading);
        return named && lines.stream().anyMatch(BillText::isCall);
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        Optional<BillColumns> columns = BillColumns.of(from.head());
        BillHead head = new BillHead(from.head(), columns);
        return new BillReader(bytes, from, source, columns, head);
    }
}
