package dev.rootbeat.server.billing;

import dev.rootbeat.server.device.PlanLimit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** How a command is told about money. */
public final class BillingOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(
            names = "--price",
            paramLabel = "PRICES",
            converter = PriceConverter.class,
            description = "What a plan costs from now on, in the currency's smallest unit:"
                    + " PLAN=CURRENCY:MONTH,RENEW,UPDATE,TRANSFER, such as COMMERCIAL=EUR:50,5,5,5 (which is the default;"
                    + " DEVELOPER is free).")
    private List<PlanPrice> prices = new ArrayList<>();

    @Option(
            names = "--developer-devices",
            paramLabel = "COUNT",
            defaultValue = "10",
            description = "How many devices of a domain the developer plan is for (${DEFAULT-VALUE}).")
    private int developerDevices = PlanLimit.DEFAULT.developerDevices();

    @Option(names = "--invoices", paramLabel = "DIR", description = "Write invoices into this folder too.")
    private @Nullable Path folder;

    @Option(
            names = "--smtp",
            paramLabel = "URL",
            converter = MailServerConverter.class,
            description = "E-mail invoices by this server: smtp://HOST:PORT or smtps://USER:PASSWORD@HOST.")
    private @Nullable MailServer server;

    @Option(
            names = "--mail-from",
            paramLabel = "ADDRESS",
            defaultValue = "accounts@rootbeat.invalid",
            description = "Who sends invoices (${DEFAULT-VALUE}).")
    private String from = "accounts@rootbeat.invalid";

    @Option(
            names = "--mail-to",
            paramLabel = "[KEY=]ADDRESS",
            description =
                    "Who gets invoices; needed with --smtp. With an API key: who gets those of its domain instead; may"
                            + " be repeated.")
    private List<String> to = new ArrayList<>();

    /** Made by picocli. */
    public BillingOptions() {}

    /**
     * Returns what was asked for.
     *
     * @throws ParameterException if options do not fit together
     */
    public BillingConfig config() {
        PriceList list = PriceList.DEFAULT;
        for (PlanPrice price : prices) {
            list = list.with(price);
        }
        var channels = new ArrayList<Channel>();
        if (folder != null) {
            channels.add(new FolderChannel(folder));
        }
        if (server != null) {
            channels.add(mailer(server));
        }
        return new BillingConfig(list, List.copyOf(channels));
    }

    /**
     * Returns the limit of the developer plan.
     *
     * @throws ParameterException if it is negative
     */
    public PlanLimit planLimit() {
        try {
            return new PlanLimit(developerDevices);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--developer-devices: " + e.getMessage(), e);
        }
    }

    private Mailer mailer(MailServer by) {
        String everybody = null;
        var customers = new HashMap<String, String>();
        for (String one : to) {
            int at = one.lastIndexOf('=');
            if (at >= 0) {
                customers.put(one.substring(0, at), one.substring(at + 1));
            } else if (everybody == null) {
                everybody = one;
            } else {
                throw new ParameterException(command.commandLine(), "--mail-to: only one address is without a key");
            }
        }
        if (everybody == null) {
            throw new ParameterException(command.commandLine(), "--smtp: say with --mail-to who gets invoices");
        }
        try {
            return new Mailer(by, from, everybody, customers);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--mail-from, --mail-to: " + e.getMessage(), e);
        }
    }

    /** Reads prices. */
    static final class PriceConverter implements ITypeConverter<PlanPrice> {

        @Override
        public PlanPrice convert(String text) {
            try {
                return PlanPrice.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Reads where a mail server is. */
    static final class MailServerConverter implements ITypeConverter<MailServer> {

        @Override
        public MailServer convert(String text) {
            try {
                return MailServer.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
