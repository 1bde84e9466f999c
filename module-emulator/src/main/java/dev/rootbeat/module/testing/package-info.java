/**
 * Modules for the tests of those who talk to modules. Three lines make one and ask it something:
 *
 * <pre>
 * try (TestModule module = TestModule.inVirtualTime()) {
 *     TestHost host = module.plugIn();
 *     assertThat(host.send("AT+CGMI").lines()).containsExactly("u-blox");
 * }
 * </pre>
 *
 * <p>With JUnit 5 {@link dev.rootbeat.module.testing.ModuleExtension} makes and closes them. A host that is not written
 * in Java comes to {@link dev.rootbeat.module.testing.TestModule#tcpPort} or
 * {@link dev.rootbeat.module.testing.TestModule#terminal} of a module in real time, and the test looks at what the module
 * {@link dev.rootbeat.module.testing.TestModule#received}.
 */
@NullMarked
package dev.rootbeat.module.testing;

import org.jspecify.annotations.NullMarked;
