package org.rebill.collector;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.util.Map;

/** The phone system prints its records on a serial line. */
final class Serial implements Way {
    private static final Map<String, Integer> PARITIES =
            Map.of("none", SerialPort.NO_PARITY, "even", SerialPort.EVEN_PARITY, "odd", SerialPort.ODD_PARITY);
    private static final Map<String, Integer> FLOWS = Map.of(
            "none",
            SerialPort.FLOW_CONTROL_DISABLED,
            "rtscts",
            SerialPort.FLOW_CONTROL_RTS_ENABLED | SerialPort.FLOW_CONTROL_CTS_ENABLED,
            "xonxoff",
            SerialPort.FLOW_CONTROL_XONXOFF_IN_ENABLED | SerialPort.FLOW_CONTROL_XONXOFF_OUT_ENABLED);
    private static final int LOOK_UP_MILLIS = 500;

    private final String device;
    private final int baud;
    private final int bits;
    private final int stopBits;
    private final int parity;
    private final int flow;

    private Serial(String device, int baud, int bits, int stopBits, int parity, int flow) {
        this.device = device;
        this.baud = baud;
        this.bits = bits;
        this.stopBits = stopBits;
        this.parity = parity;
        this.flow = flow;
    }

    static Serial of(Settings.Feed feed) throws SettingsProblem {
        return new Serial(
                feed.required("device"),
                feed.number("baud", 9600, 50, 921_600),
                feed.number("bits", 8, 5, 8),
                feed.number("stop", 1, 1, 2),
                choice(feed, "parity", PARITIES),
                choice(feed, "flow", FLOWS));
    }

    private static int choice(Settings.Feed feed, String setting, Map<String, Integer> choices) throws SettingsProblem {
        Integer value = choices.get(feed.text(setting, "none"));
        if (value == null) {
            throw new SettingsProblem("feed." + feed.name() + "." + setting + " is '" + feed.text(setting, "")
                    + "'; one of " + String.join(", ", choices.keySet()) + " belongs there.");
        }
        return value;
    }

    @Override
    public void run(Sink sink) throws IOException, InterruptedException {
        SerialPort port;
        try {
            port = SerialPort.getCommPort(device);
        } catch (SerialPortInvalidPortException e) {
            throw new IOException("there is no serial port " + device, e);
        }
        port.setComPortParameters(
                baud, bits, stopBits == 2 ? SerialPort.TWO_STOP_BITS : SerialPort.ONE_STOP_BIT, parity);
        port.setFlowControl(flow);
        port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, LOOK_UP_MILLIS, 0);
        if (!port.openPort()) {
            throw new IOException("the serial port " + device + " can't be opened (error " + port.getLastErrorCode()
                    + "): another program may use it, or this user may not");
        }
        try {
            sink.says("reading " + device + " at " + baud + " baud");
            byte[] buffer = new byte[4096];
            while (!Thread.currentThread().isInterrupted()) {
                int length = port.readBytes(buffer, buffer.length);
                if (length < 0) {
                    throw new IOException("the serial port " + device + " is gone");
                }
                if (length > 0) {
                    sink.take(buffer, length);
                }
            }
        } finally {
            port.closePort();
            sink.complete();
        }
    }
}
