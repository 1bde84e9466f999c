package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.Length;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Range;
import dev.rootbeat.module.command.Contexts.Context;
import dev.rootbeat.module.network.Bearer;
import dev.rootbeat.module.network.PacketData;
import dev.rootbeat.module.network.Radio;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Packet data contexts (AT reference, section 3.4; 3GPP TS 27.007). Context 0 is that of the first attach: it can be
 * defined, but is not activated by itself.
 */
public final class ContextCommands {

    /** The highest number of a context. */
    static final int MAX_CONTEXT = 10;

    private static final int MAX_ACCESS_POINT = 99;
    private static final int MAX_ADDRESS = 64;
    private static final int MAX_CREDENTIAL = 64;
    private static final int BEARER = 5;
    private static final String NO_ADDRESS = "0.0.0.0";
    private static final Set<String> TYPES = Set.of("IP", "IPV6", "IPV4V6", "NONIP");
    private static final Pattern ACCESS_POINT = Pattern.compile("[A-Za-z0-9.-]*");

    private final Contexts contexts;
    private final Radio radio;
    private final PacketData data;
    private final Map<Integer, String> authentication = new HashMap<>();

    /** Defines these contexts, and activates them over this radio. */
    public ContextCommands(Contexts contexts, Radio radio, PacketData data) {
        this.contexts = contexts;
        this.radio = radio;
        this.data = data;
    }

    @AtCommand("+CGDCONT=")
    Answer define(
            @Range(to = MAX_CONTEXT) int number,
            @Length(max = 6) String type,
            @Length(max = MAX_ACCESS_POINT) @Nullable String accessPoint,
            @Length(max = MAX_ADDRESS) @Nullable String address,
            @Range(to = 4) @Nullable Integer dataCompression,
            @Range(to = 4) @Nullable Integer headerCompression) {
        String name = accessPoint == null ? "" : accessPoint;
        if (!TYPES.contains(type) || !ACCESS_POINT.matcher(name).matches()) {
            return Answer.error(AtError.INCORRECT_PARAMETERS);
        }
        return contexts.define(number, new Context(type, name));
    }

    @AtCommand("+CGDCONT=")
    Answer forget(@Range(from = 1, to = MAX_CONTEXT) int number) {
        return contexts.forget(number);
    }

    @AtCommand("+CGDCONT?")
    Answer definitions() {
        return lines(contexts.all().entrySet().stream()
                .map(entry -> "+CGDCONT: " + entry.getKey() + ",\""
                        + entry.getValue().type() + "\",\""
                        + accessPoint(entry.getKey(), entry.getValue()) + "\",\""
                        + address(entry.getKey()) + "\",0,0,0,0,0,0,0,0,0,0"));
    }

    @AtCommand("+CGACT=")
    Answer activate(@OneOf(1) int on, @Range(from = 1, to = MAX_CONTEXT) int number) {
        if (!radio.isRegistered()) {
            return Answer.error(AtError.NO_NETWORK_SERVICE);
        }
        if (!contexts.all().containsKey(number)) {
            return Answer.error(AtError.INVALID_INDEX);
        }
        if (!data.isActive(number)) {
            data.activate(number);
        }
        return Answer.OK;
    }

    /** The last context of an LTE module cannot end without its registration. */
    @AtCommand("+CGACT=")
    Answer deactivate(@OneOf(0) int off, @Range(from = 1, to = MAX_CONTEXT) int number) {
        if (!data.isActive(number)) {
            return Answer.OK;
        }
        if (data.active().size() == 1) {
            return Answer.error(AtError.OPERATION_NOT_ALLOWED);
        }
        data.deactivate(number);
        return Answer.OK;
    }

    @AtCommand("+CGACT?")
    Answer active() {
        return lines(numbers().map(number -> "+CGACT: " + number + "," + (data.isActive(number) ? 1 : 0)));
    }

    @AtCommand("+CGPADDR=")
    Answer addressOf(@Range(from = 1, to = MAX_CONTEXT) int number) {
        return Answer.of(addressLine(number));
    }

    @AtCommand("+CGPADDR")
    Answer addresses() {
        return lines(numbers().map(this::addressLine));
    }

    @AtCommand("+CGCONTRDP=")
    Answer parametersOf(@Range(from = 1, to = MAX_CONTEXT) int number) {
        return lines(Stream.of(number).filter(data::isActive).map(this::parameters));
    }

    @AtCommand("+CGCONTRDP")
    Answer parameters() {
        return lines(data.active().keySet().stream().map(this::parameters));
    }

    /** The user name comes before the password, other than in some other families; the network takes everybody. */
    @AtCommand("+UAUTHREQ=")
    Answer authenticate(
            @Range(from = 1, to = MAX_CONTEXT) int number,
            @Range(to = 3) int mode,
            @Length(max = MAX_CREDENTIAL) @Nullable String user,
            @Length(max = MAX_CREDENTIAL) @Nullable String password) {
        authentication.put(number, mode + ",\"" + (user == null ? "" : user) + "\"");
        return Answer.OK;
    }

    @AtCommand("+UAUTHREQ?")
    Answer authentication() {
        return lines(
                numbers().map(number -> "+UAUTHREQ: " + number + "," + authentication.getOrDefault(number, "0,\"\"")));
    }

    private Stream<Integer> numbers() {
        return contexts.all().keySet().stream().filter(number -> number > 0);
    }

    private String accessPoint(int number, Context defined) {
        SortedMap<Integer, String> active = data.active();
        return active.containsKey(number) ? active.get(number) : defined.accessPoint();
    }

    private String address(int number) {
        return data.isActive(number) ? radio.network().bearer().address() : NO_ADDRESS;
    }

    private String addressLine(int number) {
        return "+CGPADDR: " + number + ",\"" + address(number) + "\"";
    }

    private String parameters(int number) {
        Bearer bearer = radio.network().bearer();
        return "+CGCONTRDP: " + number + "," + BEARER + ",\"" + data.active().get(number) + "\",\"" + bearer.address()
                + "." + bearer.mask() + "\",\"" + bearer.gateway() + "\",\"" + bearer.primaryDns() + "\",\""
                + bearer.secondaryDns() + "\"";
    }

    private static Answer lines(Stream<String> lines) {
        return new Answer.Done(lines.toList(), () -> {});
    }
}
