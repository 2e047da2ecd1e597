package org.rebill.intake.format;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What columns are called in exports of phone systems and telephone companies, in the languages seen. */
final class MeaningNames {
    /** Names as {@link ColumnNames#key} has them, and beginnings of names with a star; the more telling first. */
    private static final Map<Meaning, List<String>> NAMES = new EnumMap<>(Map.ofEntries(
            Map.entry(
                    Meaning.ANSWER,
                    List.of(
                            "answerstamp",
                            "answertime",
                            "answeredat",
                            "answer",
                            "connecttime",
                            "connectedat",
                            "datetimeconnect",
                            "pickup",
                            "annahme")),
            Map.entry(
                    Meaning.END,
                    List.of(
                            "endstamp",
                            "endtime",
                            "enddate",
                            "callend",
                            "end",
                            "ended",
                            "endedat",
                            "hangup*",
                            "disconnect*",
                            "datetimedisconnect",
                            "stoptime",
                            "ende")),
            Map.entry(
                    Meaning.START,
                    List.of(
                            "startstamp",
                            "callstart",
                            "starttime",
                            "startdate",
                            "start",
                            "started",
                            "startedat",
                            "calldate",
                            "calltime",
                            "datetimeorigination",
                            "datetime",
                            "timestamp",
                            "date",
                            "time",
                            "datum",
                            "uhrzeit",
                            "beginn",
                            "begin",
                            "begintime",
                            "fecha",
                            "hora",
                            "heure",
                            "start*",
                            "call start*")),
            Map.entry(
                    Meaning.TALK,
                    List.of(
                            "billsec",
                            "billseconds",
                            "talktime",
                            "talkseconds",
                            "talk",
                            "talkduration",
                            "connectedtime",
                            "conversation*",
                            "billable*",
                            "gesprachsdauer",
                            "talk*")),
            Map.entry(
                    Meaning.RING,
                    List.of(
                            "ringtime",
                            "ringduration",
                            "ring",
                            "ringing",
                            "ringseconds",
                            "timetoanswer",
                            "waittime",
                            "klingeldauer",
                            "ring*")),
            Map.entry(
                    Meaning.DURATION,
                    List.of(
                            "duration",
                            "callduration",
                            "dauer",
                            "length",
                            "minutes",
                            "mins",
                            "seconds",
                            "elapsed*",
                            "dur",
                            "duree",
                            "durée",
                            "duracion",
                            "duration*")),
            Map.entry(
                    Meaning.EXTENSION,
                    List.of(
                            "extension",
                            "ext",
                            "extn",
                            "extno",
                            "nebenstelle",
                            "station",
                            "user",
                            "agent",
                            "extension*",
                            "nst")),
            Map.entry(
                    Meaning.CALLER,
                    List.of(
                            "caller",
                            "callernumber",
                            "callerid",
                            "calleridnumber",
                            "callingnumber",
                            "callingpartynumber",
                            "callingparty",
                            "calling",
                            "from",
                            "fromnumber",
                            "src",
                            "source",
                            "ani",
                            "origin*",
                            "anrufer",
                            "caller*",
                            "calling*",
                            "de",
                            "von")),
            Map.entry(
                    Meaning.CALLED,
                    List.of(
                            "called",
                            "callednumber",
                            "calledparty",
                            "destinationnumber",
                            "destination",
                            "dst",
                            "to",
                            "tonumber",
                            "dialled*",
                            "dialed*",
                            "dialednumber",
                            "dialnumber",
                            "digits*",
                            "callee",
                            "ziel",
                            "angerufen*",
                            "called*",
                            "finalcalledpartynumber",
                            "nach")),
            Map.entry(
                    Meaning.PARTY,
                    List.of(
                            "rufnummer",
                            "number",
                            "phonenumber",
                            "phone",
                            "telephone",
                            "externalnumber",
                            "remoteparty",
                            "remotenumber",
                            "numero",
                            "tel*")),
            Map.entry(
                    Meaning.DIRECTION,
                    List.of("direction", "calldirection", "dir", "inout", "calltype", "type", "richtung", "art")),
            Map.entry(
                    Meaning.CODE,
                    List.of(
                            "accountcode",
                            "account",
                            "code",
                            "acccode",
                            "acccode",
                            "acct",
                            "acctcode",
                            "authcode",
                            "matter",
                            "mattercode",
                            "clientcode",
                            "clientmatter*",
                            "project",
                            "projekt",
                            "pin",
                            "account*",
                            "billingcode",
                            "aktenzeichen")),
            Map.entry(
                    Meaning.ANSWERED,
                    List.of(
                            "disposition",
                            "status",
                            "callstatus",
                            "result",
                            "answered",
                            "outcome",
                            "state",
                            "hangupcause")),
            Map.entry(
                    Meaning.CALL,
                    List.of(
                            "linkedid",
                            "globalcallid*",
                            "callid",
                            "calluuid",
                            "calluniqueid",
                            "correlationid",
                            "callreference",
                            "uniqueid",
                            "uuid",
                            "conversationid",
                            "id")),
            Map.entry(Meaning.LEG, List.of("legid", "leg", "sequence", "seq", "recordid", "segmentid")),
            Map.entry(Meaning.LINE, List.of("trunk", "line", "co", "trunkname", "port", "circuit", "leitung", "line*")),
            Map.entry(Meaning.EXCEPT, List.of("no", "nr", "row", "rowno", "recordno", "index", "lfdnr"))));

    private static final Map<String, List<String>> DIRECTIONS = new LinkedHashMap<>(Map.of(
            "in",
            List.of(
                    "i",
                    "in",
                    "inbound",
                    "incoming",
                    "received",
                    "an",
                    "ein",
                    "eingehend",
                    "kommend",
                    "entrant",
                    "entrante",
                    "ic",
                    "terminating"),
            "out",
            List.of(
                    "o",
                    "out",
                    "outbound",
                    "outgoing",
                    "dialled",
                    "dialed",
                    "placed",
                    "ab",
                    "aus",
                    "ausgehend",
                    "gehend",
                    "sortant",
                    "saliente",
                    "og",
                    "originating"),
            "internal",
            List.of("internal", "int", "intern", "interne", "x", "local", "ext-ext", "station")));

    private static final List<String> ANSWERED = List.of(
            "answered",
            "answer",
            "yes",
            "y",
            "true",
            "connected",
            "completed",
            "success",
            "ok",
            "normal_clearing",
            "call connected",
            "talking",
            "beantwortet",
            "ja");
    private static final List<String> NOT_ANSWERED = List.of(
            "no answer",
            "noanswer",
            "not answered",
            "unanswered",
            "no",
            "n",
            "false",
            "busy",
            "failed",
            "missed",
            "cancelled",
            "canceled",
            "abandoned",
            "voicemail",
            "congestion",
            "no_answer",
            "user_busy",
            "originator_cancel",
            "call_rejected",
            "no_user_response",
            "nein",
            "besetzt",
            "rejected");

    private MeaningNames() {}

    /** How well a name tells a meaning: 0 not at all, 3 best. */
    static int fit(Meaning meaning, String name) {
        String key = ColumnNames.key(name);
        int at = 0;
        for (String known : NAMES.getOrDefault(meaning, List.of())) {
            if (known.endsWith("*")
                    ? !key.isEmpty() && key.startsWith(known.substring(0, known.length() - 1))
                    : key.equals(known)) {
                return known.endsWith("*") ? 1 : at < 3 ? 3 : 2;
            }
            at++;
        }
        return 0;
    }

    /** Which direction a word means: in, out or internal. */
    static Optional<String> direction(String word) {
        String key = word.toLowerCase(Locale.ROOT).strip();
        return DIRECTIONS.entrySet().stream()
                .filter(entry -> entry.getValue().contains(key))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether a word means that a call was answered; empty when it says neither. */
    static Optional<Boolean> answered(String word) {
        String key = word.toLowerCase(Locale.ROOT).strip();
        return ANSWERED.contains(key)
                ? Optional.of(true)
                : NOT_ANSWERED.contains(key) ? Optional.of(false) : Optional.empty();
    }
}
