package dev.rootbeat.server.api;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.billing.BillingService;
import dev.rootbeat.server.ca.RootCaService;
import dev.rootbeat.server.device.DeviceService;
import dev.rootbeat.server.device.OperationService;
import dev.rootbeat.server.event.WebhookService;
import dev.rootbeat.server.platform.PlatformAddress;
import dev.rootbeat.server.platform.Platforms;
import dev.rootbeat.server.store.Store;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the REST interface calls.
 *
 * @param platform where devices log in to the server's own platform; null if it runs none
 * @param rootSecrets derives the root secret of a device from the manufacturer's
 * @param random draws the secret of tokens and the names of profiles
 */
public record Services(
        Store store,
        RootCaService rootCas,
        OperationService operations,
        DeviceService devices,
        Platforms platforms,
        @Nullable PlatformAddress platform,
        Function<RotPublicUid, Bytes> rootSecrets,
        RandomGenerator random,
        InstantSource clock,
        BillingService billing,
        WebhookService webhooks) {}
