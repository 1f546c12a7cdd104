package dev.ashlar.operator.deploy;

import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.operator.connection.Connection;
import dev.ashlar.operator.rollout.Page;
import dev.ashlar.operator.rollout.RolloutKind;
import dev.ashlar.operator.rollout.SiteUrl;
import dev.ashlar.operator.rollout.Target;
import dev.ashlar.operator.terminal.Progress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Applies the example Sites, fetches a page from each and says what to try next. */
@Command(name = "demo", description = "Applies the example Sites, fetches a page from each and says what to try next.")
public final class DemoCommand implements Callable<Integer> {
    private static final String NEXT = """

            Try next:
              ashlar publish DIR --site NAME                  a folder of yours as a page (`make cli` links ashlar into ~/.local/bin)
              ashlar status                                   what runs, and why something does not
              export KUBECONFIG=$(ashlar kubeconfig)          for kubectl
              kubectl -n demo delete deployment --all         and see them come back
              http://localhost:2321                           what this cluster runs
            """;

    @Override
    public Integer call() {
        Checkout checkout = Checkout.find();
        Overlay overlay = Overlay.of(checkout, "dev/sites");
        Kubectl kubectl = Kubectl.find(checkout);
        Progress progress = Progress.onStderr();
        try (KubernetesClient client = Connection.open()) {
            List<Page> pages = new Deployer(client, kubectl, Images.open(checkout), progress)
                    .deploy(overlay).stream()
                            .filter(target -> target.kind() == RolloutKind.SITE)
                            .map(site -> fetch(client, site, progress))
                            .toList();
            System.out.println();
            pages.forEach(page -> System.out.printf(Locale.ROOT, "%-52s %s%n", page.url(), page.title()));
            System.out.print(NEXT);
        }
        return 0;
    }

    private static Page fetch(KubernetesClient client, Target site, Progress progress) {
        Progress.Step step = progress.start("page of " + site.name());
        Page page = Page.fetch(SiteUrl.of(client, site), Duration.ofSeconds(30));
        step.done("200, %d bytes".formatted(page.bytes()));
        return page;
    }
}
