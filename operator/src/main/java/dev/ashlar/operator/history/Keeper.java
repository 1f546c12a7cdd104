package dev.ashlar.operator.history;

import dev.ashlar.crds.HistoryEntry;
import dev.ashlar.crds.HistoryEntry.Verdict;
import dev.ashlar.operator.kube.Fleeting;
import dev.ashlar.operator.kube.Outcome;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out what of a resource is to run, and records a spec that is to run for the first time before anything is made of it. */
public final class Keeper<S> {
    private final Store store;
    private final Revisioned<S> kind;
    private final ImageRegistry registry;
    private final Clock clock;
    /** What was recorded and is not in the status yet, by UID: it spares the attempt to record it again. */
    private final Fleeting<Ledger> recorded = new Fleeting<>();

    public Keeper(KubernetesClient client, Revisioned<S> kind, ImageRegistry registry, Clock clock) {
        this(new ControllerRevisions(client), kind, registry, clock);
    }

    Keeper(Store store, Revisioned<S> kind, ImageRegistry registry, Clock clock) {
        this.store = store;
        this.kind = kind;
        this.registry = registry;
        this.clock = clock;
    }

    /** @param known the history as the status has it */
    public Course<S> course(HasMetadata owner, Asked<S> asked, List<HistoryEntry> known) {
        Ledger ledger = newest(owner, new Ledger(known));
        Decision decision = Decision.of(asked.hash(), asked.wish(), ledger);
        return switch (decision) {
            case Decision.Current current -> Course.of(owner, decision, asked, ledger);
            case Decision.Unrecorded unrecorded -> Course.of(owner, decision, asked, ledger);
            case Decision.Anew anew -> record(owner, asked, ledger);
            case Decision.Held held -> held(owner, held, asked, ledger);
            case Decision.Back back -> back(owner, back, asked, ledger);
            case Decision.Refused refused -> refused(owner, refused, asked, ledger);
        };
    }

    private Course<S> record(HasMetadata owner, Asked<S> asked, Ledger ledger) {
        HistoryEntry entry = entry(owner, asked, ledger.nextNumber());
        if (!store.create(owner, entry, asked.spec())) {
            return recordAfter(owner, asked, found(owner, ledger, entry));
        }
        return recorded(owner, asked, ledger, entry);
    }

    private Ledger found(HasMetadata owner, Ledger ledger, HistoryEntry entry) {
        Ledger found = ledger.joined(store.list(owner));
        if (found.nextNumber() <= entry.number()) {
            throw new IllegalStateException("ControllerRevision %s is there and has lost its label or its owner"
                    .formatted(ControllerRevisions.name(owner, entry.number())));
        }
        return found;
    }

    /** Somebody recorded before us and did not come to say so in the status; it may be this very spec. */
    private Course<S> recordAfter(HasMetadata owner, Asked<S> asked, Ledger ledger) {
        return ledger.newest()
                .filter(entry -> entry.hash().equals(asked.hash()))
                .map(entry -> recorded(owner, asked, ledger.without(entry.number()), entry))
                .orElseGet(() -> record(owner, asked, ledger));
    }

    private Course<S> recorded(HasMetadata owner, Asked<S> asked, Ledger before, HistoryEntry entry) {
        Ledger next = before.with(entry).pending(entry.number());
        clean(owner, before.goneIn(next), next);
        recorded.put(owner.getMetadata().getUid(), next);
        return Course.of(owner, new Decision.Current(entry), asked, next);
    }

    private HistoryEntry entry(HasMetadata owner, Asked<S> asked, int number) {
        Optional<Applicant> applicant = Applicant.of(owner);
        return new HistoryEntry(
                number,
                applicant
                        .map(Applicant::time)
                        .orElseGet(() ->
                                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()),
                applicant.map(Applicant::manager).orElse(null),
                asked.hash(),
                asked.digests(),
                Verdict.PENDING,
                List.of(),
                null,
                asked.files());
    }

    private void clean(HasMetadata owner, List<HistoryEntry> gone, Ledger kept) {
        Set<String> named =
                kept.entries().stream().flatMap(entry -> entry.files().stream()).collect(Collectors.toSet());
        for (HistoryEntry entry : gone) {
            entry.files().stream()
                    .filter(file -> !named.contains(file))
                    .forEach(file -> store.deleteFiles(owner, file));
            store.delete(owner, entry);
        }
    }

    private Course<S> held(HasMetadata owner, Decision.Held held, Asked<S> asked, Ledger ledger) {
        HistoryEntry entry = held.entry();
        Optional<S> spec = spec(owner, entry, asked);
        if (spec.isEmpty()) {
            return refused(owner, lost(owner, entry, ledger), asked, ledger);
        }
        Optional<String> gone =
                entry.verdict() == Verdict.RUNNING ? Optional.empty() : registry.gone(kind.images(spec.get()));
        return gone.map(image -> refused(owner, gone(owner, entry, image, ledger), asked, ledger))
                .orElseGet(
                        () -> new Course<>(owner, held, spec, Optional.empty(), ledger, kind.usesSecrets(spec.get())));
    }

    private Course<S> back(HasMetadata owner, Decision.Back back, Asked<S> asked, Ledger ledger) {
        Optional<S> good = spec(owner, back.good(), asked);
        if (good.isEmpty()) {
            return Course.of(owner, new Decision.Current(back.failed()), asked, ledger);
        }
        if (back.whole()) {
            return new Course<>(owner, back, good, Optional.empty(), ledger, false);
        }
        Set<String> services =
                kind.goBack(asked.spec(), good.get(), back.failed().failed());
        return new Course<>(
                owner,
                back,
                Optional.of(asked.spec()),
                services.isEmpty() ? Optional.empty() : Optional.of(new Course.Return<>(good.get(), services)),
                ledger,
                false);
    }

    private Course<S> refused(HasMetadata owner, Decision.Refused refused, Asked<S> asked, Ledger ledger) {
        Optional<S> goesOn = refused.goesOn().flatMap(entry -> spec(owner, entry, asked));
        return new Course<>(owner, refused, goesOn, Optional.empty(), ledger, false);
    }

    private Optional<S> spec(HasMetadata owner, HistoryEntry entry, Asked<S> asked) {
        return entry.hash().equals(asked.hash())
                ? Optional.of(asked.spec())
                : store.load(owner, entry.number(), kind.type());
    }

    private Decision.Refused lost(HasMetadata owner, HistoryEntry entry, Ledger ledger) {
        return Decision.refused(
                new Outcome.Stalled(
                        HistoryReason.RevisionUnknown,
                        "ControllerRevision %s is gone, which held revision %d; name another revision in spec.rollbackTo (in the history are %s), or remove the field."
                                .formatted(
                                        ControllerRevisions.name(owner, entry.number()),
                                        entry.number(),
                                        ledger.numbers())),
                ledger);
    }

    private Decision.Refused gone(HasMetadata owner, HistoryEntry entry, String image, Ledger ledger) {
        return Decision.refused(
                new Outcome.Stalled(
                        HistoryReason.ImageGone,
                        "Revision %d of %s cannot run again, since its image %s is not in the registry any more; push that image again, name another revision in spec.rollbackTo, or remove the field."
                                .formatted(entry.number(), owner.getMetadata().getName(), image)),
                ledger);
    }

    private Ledger newest(HasMetadata owner, Ledger seen) {
        return recorded.getWhile(owner.getMetadata().getUid(), own -> seen.nextNumber() < own.nextNumber())
                .orElse(seen);
    }
}
