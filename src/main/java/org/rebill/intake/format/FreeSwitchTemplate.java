package org.rebill.intake.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which channel variables stand in the columns of mod_cdr_csv's records, by a template of cdr_csv.conf.xml. */
final class FreeSwitchTemplate {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9_.:-]+)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:-]+");
    private static final Pattern CALL = Pattern.compile("\\$\\{[A-Za-z0-9_]+\\([^$]*\\$\\{([A-Za-z0-9_.:-]+).*");
    private static final String SHORT = "caller_id_name,caller_id_number,destination_number,context,start_stamp,"
            + "answer_stamp,end_stamp,duration,billsec,hangup_cause,uuid,bleg_uuid,accountcode";
    private static final String EXAMPLE = SHORT + ",read_codec,write_codec";

    /** As shipped; {@code default} is what the module writes without a template. */
    private static final Map<String, String> SHIPPED = Map.of(
            "example",
            EXAMPLE,
            "default",
            SHORT,
            "sql",
            SHORT,
            "snom",
            EXAMPLE + ",sip_user_agent,call_clientcode,sip_rtp_rxstat,sip_rtp_txstat,sofia_record_file",
            "linksys",
            EXAMPLE + ",sip_user_agent,sip_p_rtp_stat",
            "asterisk",
            "accountcode,caller_id_number,destination_number,context,caller_id,channel_name,bridge_channel,last_app,"
                    + "last_arg,start_stamp,answer_stamp,end_stamp,duration,billsec,hangup_cause,amaflags,uuid,userfield",
            "opencdrrate",
            "uuid,signal_bond,direction,ani,destination_number,answer_stamp,end_stamp,billsec,accountcode,userfield,"
                    + "network_addr,original_caller_id_name,sip_gateway_name");

    private FreeSwitchTemplate() {}

    /**
     * The columns.
     *
     * @param text the name of a shipped template, a template's text, or names of variables; not empty
     */
    static ColumnNames columns(String text) {
        String shipped = SHIPPED.get(text.strip());
        List<String> names = new ArrayList<>();
        for (String column : split(shipped == null ? text : shipped)) {
            names.add(name(column.strip()));
        }
        return new ColumnNames(names);
    }

    /** The variable of one column; a text that is none is a column of that name. */
    private static String name(String column) {
        Matcher call = CALL.matcher(column);
        if (call.find()) {
            // Such as ${sql_escape(${caller_id_name})}.
            return call.group(1);
        }
        Matcher variable = VARIABLE.matcher(column);
        if (variable.find()) {
            return variable.group(1);
        }
        Matcher name = NAME.matcher(column);
        return name.find() ? name.group() : "";
    }

    /** At commas outside of braces; without what an SQL statement has around its values. */
    private static List<String> split(String text) {
        String inner = text;
        int values = text.toUpperCase(Locale.ROOT).indexOf("VALUES");
        int open = values < 0 ? -1 : text.indexOf('(', values);
        if (open >= 0) {
            int close = text.lastIndexOf(')');
            inner = text.substring(open + 1, close > open ? close : text.length());
        }
        List<String> columns = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            depth += c == '{' || c == '(' ? 1 : c == '}' || c == ')' ? -1 : 0;
            if ((c == ',' || c == ';') && depth <= 0) {
                columns.add(inner.substring(from, i));
                from = i + 1;
            }
        }
        if (!inner.substring(from).isBlank()) {
            columns.add(inner.substring(from));
        }
        return columns;
    }
}
