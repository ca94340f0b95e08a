package dev.longshore.simulation;

import dev.longshore.api.Allocatable;
import dev.longshore.api.AllowedNamespaces;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.Gpus;
import dev.longshore.api.HostPolicyBuilder;
import dev.longshore.api.NamespacesFrom;
import dev.longshore.api.Queueing;
import dev.longshore.api.QueueingStrategy;
import dev.longshore.api.ResourceList;
import dev.longshore.api.Resources;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** What hosts have for jobs and what jobs request of it, by a number. */
final class RoomChoice {
    static final List<String> NAMESPACES = List.of(World.NAMESPACE, "second", "third");

    private static final String[] CPUS = {null, "500m", "1", "1000m", "2", null, "3", "1500m", "250m", "6"};
    private static final String[] MEMORY = {null, "64Mi", "1Gi", "1024Mi", null, "2Gi", "3Gi", "512Mi", "12Gi"};
    private static final List<Gpus> GPUS = Arrays.asList(
            null,
            null,
            null,
            null,
            new Gpus(null, 1, null),
            new Gpus(null, 1, null),
            new Gpus(null, 2, null),
            new Gpus(true, null, null),
            new Gpus(null, null, List.of("1")),
            new Gpus(null, null, List.of("0", "2")));
    private static final List<List<String>> LISTED =
            Arrays.asList(List.of("0", "1"), List.of("0", "1", "2"), null, List.of("2"), List.of("1", "0"), List.of());

    private RoomChoice() {}

    /** All hosts count room. */
    static void begin(World world, Random random, boolean strict) {
        world.hasRoom = true;
        world.hosts().forEach(host -> world.hosts.begin(host, host(random.nextInt(1000), strict)));
    }

    /** A host that counts room, and admits all. */
    private static UnaryOperator<DockerHostSpecBuilder> host(int number, boolean strict) {
        return spec -> allocatable(number)
                .apply(spec)
                .policy(HostPolicyBuilder.builder().allowGpus(true).build())
                .allowedNamespaces(new AllowedNamespaces(NamespacesFrom.ALL, null))
                .queueing(strict ? null : queueing(number / 7));
    }

    static UnaryOperator<DockerHostSpecBuilder> allocatable(int number) {
        return spec -> spec.allocatable(
                number % 11 == 0
                        ? null
                        : new Allocatable(
                                quantity(number % 5 == 0 ? null : new String[] {"4", "2", "2500m", "1"}[number % 4]),
                                quantity(number % 7 == 0 ? null : new String[] {"4Gi", "2Gi", "3Gi"}[number % 3]),
                                LISTED.get(number % LISTED.size())));
    }

    static Queueing queueing(int number) {
        return new Queueing(
                number % 2 == 0 ? QueueingStrategy.BEST_EFFORT_FIFO : QueueingStrategy.STRICT_FIFO,
                new Integer[] {0, 20, 300}[number % 3],
                number % 5 < 2,
                number % 7 < 2 ? Integer.valueOf(1 + number % 7) : null);
    }

    static ContainerTemplateSpecBuilder requested(ContainerTemplateSpecBuilder template, int number) {
        var limit =
                new ResourceList(quantity(CPUS[number % CPUS.length]), quantity(MEMORY[number / 3 % MEMORY.length]));
        var requests = number % 4 == 0
                ? new ResourceList(quantity("100m"), quantity("64Mi"))
                : number % 4 == 1 ? new ResourceList(limit.cpu(), null) : null;
        return template.resources(new Resources(limit, requests)).gpus(GPUS.get(number / 10 % GPUS.size()));
    }

    private static Quantity quantity(String amount) {
        return amount == null ? null : new Quantity(amount);
    }
}
