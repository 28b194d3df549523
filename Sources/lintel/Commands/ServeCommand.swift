import ArgumentParser
import Catalogue
import CoreMetrics
import Diagnostics
import Dispatch
import Findings
import Gatekeeper
import GoLibrary
import Inputs
import Logging
import RegoRuntime
import ServiceLifecycle
import Synchronization
import Webhook

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `lintel serve`: the admission webhook.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Answer the admission requests of an API server.",
        discussion: """
            POST /v1/admit judges AdmissionReviews by the policies chosen here, /v1/admit/PROFILE by those of a profile; \
            POST /v1/mutate changes objects by the rules mutate of your policies. \
            Policies, lintel.yaml and certificates are reloaded when their files change.
            """)

    @Option(help: ArgumentHelp("Where to listen.", valueName: "address:port"))
    var listen = "0.0.0.0:8443"

    @Option(name: .customLong("tls-cert"), help: ArgumentHelp("The certificate chain, PEM.", valueName: "file"))
    var certificate: String?

    @Option(name: .customLong("tls-key"), help: ArgumentHelp("The certificate's key, PEM.", valueName: "file"))
    var key: String?

    @Option(
        name: .customLong("client-ca"),
        help: ArgumentHelp("Ask clients for a certificate of these authorities, PEM.", valueName: "file"))
    var clientAuthority: String?

    @Option(
        name: .customLong("client-name"),
        help: ArgumentHelp("Only clients of this name, common or DNS; repeatable.", valueName: "name"))
    var clientNames: [String] = []

    @Flag(name: .customLong("insecure-http"), help: "Serve plain HTTP; on loopback addresses only.")
    var isInsecure = false

    @OptionGroup var policies: PolicyOptions

    @Flag(
        help: ArgumentHelp(
            "Speak as Gatekeeper in answers: constraints by their names, and nothing of what is only tried (dryrun)."))
    var gatekeeperMessages = false

    @OptionGroup(title: "Notifications") var notifications: DenialNoticeOptions

    @OptionGroup var bundles: BundleServerOptions

    @OptionGroup var decisionLog: DecisionLogOptions

    @OptionGroup var cluster: ClusterOptions

    @Option(help: "What happens to requests that a policy cannot judge; deny by default.")
    var onError: ErrorMode?

    @Option(help: ArgumentHelp("How long to answer on after SIGTERM before connections are closed.", valueName: "duration"))
    var shutdownDelay = "0s"

    @Option(name: .customLong("max-body"), help: ArgumentHelp("The largest body.", valueName: "MiB"))
    var maximumBody = 7

    @Option(
        name: .customLong("max-buffered"),
        help: ArgumentHelp(
            "Bodies that wait in memory together; by default an eighth of the memory there is, from 32 to 512.",
            valueName: "MiB"))
    var maximumBuffered: Int?

    @Option(name: .customLong("max-connections"), help: ArgumentHelp("Connections at once.", valueName: "count"))
    var maximumConnections = 8192

    @Option(name: .customLong("max-queue"), help: ArgumentHelp("Requests that may wait for a worker.", valueName: "count"))
    var maximumQueue = 1024

    @Option(help: ArgumentHelp("Threads that evaluate what takes longer; one for each processor by default.", valueName: "count"))
    var workers: Int?

    @Option(
        help: ArgumentHelp(
            "The least level that is logged: \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "level"))
    var logLevel: Logger.Level = .info

    func validate() throws {
        guard let address = ListenAddress(listen) else {
            throw ValidationError("--listen needs an address such as 0.0.0.0:8443.")
        }
        if isInsecure {
            if !address.isLoopback {
                throw ValidationError("--insecure-http is only for loopback addresses such as 127.0.0.1:8080.")
            }
            if certificate != nil || key != nil || clientAuthority != nil {
                throw ValidationError("--insecure-http and certificates exclude each other.")
            }
        } else if certificate == nil || key == nil {
            throw ValidationError("Name a certificate with --tls-cert and --tls-key.")
        }
        if !clientNames.isEmpty, clientAuthority == nil { throw ValidationError("--client-name needs --client-ca.") }
        if GoDuration.nanoseconds(shutdownDelay) == nil { throw ValidationError("--shutdown-delay needs a duration such as 5s.") }
        for (name, value) in [
            ("--max-body", maximumBody), ("--max-connections", maximumConnections), ("--max-queue", maximumQueue),
        ]
        where !(1...1_000_000).contains(value) { throw ValidationError("\(name) needs a number from 1.") }
        if let maximumBuffered, !(1...1_000_000).contains(maximumBuffered) {
            throw ValidationError("--max-buffered needs a number from 1.")
        }
        if maximumBody > 32 { throw ValidationError("--max-body is at most 32.") }
        if let workers, !(1...256).contains(workers) { throw ValidationError("--workers needs a number from 1 to 256.") }
    }

    func run() throws {
        let level = logLevel
        LoggingSystem.bootstrap { JSONLogHandler(label: $0, level: level) }
        let registry = MetricsRegistry()
        MetricsSystem.bootstrap(registry)
        FileLimit.raise()
        let logger = Logger(label: "lintel")
        let metrics = ServeMetrics(registry)
        let holder = PolicyHolder(), readiness = Readiness()
        var certificates: CertificateStore?
        if let certificate, let key {
            do {
                certificates = try CertificateStore(
                    CertificateFiles(certificate: certificate, key: key, clientAuthority: clientAuthority))
            } catch { throw Self.failure(error.message) }
        }
        let reloader = PolicyReloader(source(), holder: holder, metrics: metrics, logger: logger)
        let updaters = try bundleUpdaters(reloader, metrics, logger)
        try download(updaters)
        let (isActive, problems) = reloader.load()
        if !isActive {
            Console.show(problems, colour: .auto)
            throw Self.failure("the policies cannot be loaded")
        }
        var router = Router()
        router.add(HealthRoutes(holder: holder, readiness: readiness, metrics: metrics, certificates: certificates).routes)
        let decisions = try decisionLog(holder, metrics, logger)
        let denials = try notifications.notices(logger)
        let admission = AdmissionController(
            holder: holder, metrics: metrics, logger: logger, limits: limits, sink: decisions, denials: denials)
        router.add(admission.routes)
        router.add(MutationController(holder: holder, metrics: metrics, logger: logger, limits: limits, sink: decisions).routes)
        router.add(DataController(holder: holder, limits: limits, sink: decisions).routes)
        router.add(QueryController(holder: holder, limits: limits).routes)
        router.add(PolicyController(holder: holder).routes)
        router.add(AuditController(holder: holder, metrics: metrics, logger: logger).routes)
        let service = WebhookService(
            router: router, limits: limits, metrics: metrics, logger: logger,
            clients: clientAuthority == nil ? nil : ClientNames(clientNames))
        let informer = try informer(holder, service, logger)
        if informer == nil { holder.onActivation { service.policiesChanged() } }
        reloader.watch()
        try serve(
            service, certificates, readiness,
            companions: Self.present(decisions, denials, informer) + updaters)
    }

    private static func present(_ services: (any Service)?...) -> [any Service] { services.compactMap(\.self) }

    private static func failure(_ message: String) -> ExitCode {
        Console.fail(message)
        return ExitCode(2)
    }

    private func serve(
        _ service: WebhookService, _ certificates: CertificateStore?, _ readiness: Readiness, companions: [any Service]
    ) throws {
        guard let address = ListenAddress(listen) else { return }
        var configuration = WebhookServer.Configuration(host: address.host, port: address.port)
        configuration.certificates = certificates
        configuration.shutdownDelay = .nanoseconds(GoDuration.nanoseconds(shutdownDelay) ?? 0)
        let server = WebhookServer(configuration, service: service, readiness: readiness, companions: companions)
        let ended = DispatchSemaphore(value: 0)
        let outcome = ServeOutcome()
        // The command is synchronous, see `docs/architecture.md`; the main thread waits for the server.
        Task {
            do {
                try await server.run { port in
                    service.logger.notice("listening", metadata: ["address": "\(address.host)", "port": "\(port)"])
                }
            } catch {
                outcome.fail(ListenFailure.text(error, at: listen))
            }
            ended.signal()
        }
        ended.wait()
        if let problem = outcome.problem { throw Self.failure(problem) }
        service.logger.notice("stopped")
    }

    private var limits: ServerLimits {
        var limits = ServerLimits()
        limits.bodySize = maximumBody << 20
        limits.connections = maximumConnections
        limits.buffered = maximumBuffered.map { $0 << 20 } ?? BufferLimit.standard(memory: MemoryGauge.available)
        limits.evaluationMemory = ServerLimits.evaluationMemory(of: MemoryGauge.available)
        limits.queue = maximumQueue
        limits.workers = workers ?? Validator.defaultJobs
        return limits
    }

    private func source() -> PolicySource {
        let configuration = policies.configurationPath ?? ConfigurationFinder.path(from: ".")
        let archives = bundles.all.map { bundles.store.path(of: $0.name) }
        let (policies, onError, follows, speaks) = (policies, onError, cluster.isOn, gatekeeperMessages)
        let names = Dictionary(uniqueKeysWithValues: bundles.all.map { (bundles.store.path(of: $0.name), $0.name) })
        let fixed = policies.paths + archives + [configuration, policies.floorPath].compactMap(\.self)
        let paths: @Sendable () -> [String] = { fixed + ((try? policies.choice())?.configuredPaths ?? []) }
        return PolicySource(paths: paths) {
            var contents = Self.contents(policies, archives, onError, follows)
            contents.options.speaksAsGatekeeper = speaks
            contents.bundles = Dictionary(uniqueKeysWithValues: contents.bundles.map { (names[$0.key] ?? $0.key, $0.value) })
            return contents
        }
    }

    /// Reads all policies, those of downloaded bundles among them.
    private static func contents(
        _ policies: PolicyOptions, _ archives: [String], _ onError: ErrorMode?, _ followsCluster: Bool
    ) -> PolicySource.Contents {
        var options = AdmissionPolicies.Options()
        do {
            // Keys of bundles are read each time: they are rotated too.
            var choice = try policies.choice()
            choice.paths += archives
            choice.gatekeeper.point = .webhook
            let setup = try choice.load()
            options.selection = setup.selection
            options.data = setup.data
            options.exceptions = setup.admissionExceptions
            options.onError = onError ?? .deny
            options.overridesOnError = onError != nil
            options.followsCluster = followsCluster
            var contents = PolicySource.Contents(set: setup.set, options: options, problems: setup.problems)
            contents.bundles = setup.set.user.revisions
            return contents
        } catch {
            let problem = Diagnostic(code: "policy_error", message: "\(error)")
            return PolicySource.Contents(set: nil, options: options, problems: [problem])
        }
    }

    /// Follows the objects that the policies of the start compare with.
    private func informer(_ holder: PolicyHolder, _ service: WebhookService, _ logger: Logger) throws -> ClusterInformer? {
        guard cluster.isOn else { return nil }
        guard let access = cluster.access else {
            throw Self.failure("there is no API server: name one with --cluster-url, or run in a Pod")
        }
        let namespaces = GroupKind(group: "", kind: "Namespace")
        let kinds = Set(holder.current?.admission.neededKinds ?? []).union([namespaces])
        let store = ClusterStore(kinds: Array(kinds), limit: cluster.memory << 20)
        let feed = ClusterFeed(store, holder: holder, logger: logger)
        holder.onActivation {
            service.policiesChanged()
            feed.refresh()
        }
        return ClusterInformer(access, store: store, logger: logger) {
            feed.refresh()
            service.policiesChanged()
        }
    }

    private func decisionLog(_ holder: PolicyHolder, _ metrics: ServeMetrics, _ logger: Logger) throws -> DecisionLog? {
        do {
            let outputs = try decisionLog.outputs()
            return outputs.isEmpty ? nil : DecisionLog(outputs, holder: holder, metrics: metrics, logger: logger)
        } catch { throw Self.failure("cannot write \(error.path): \(error.reason)") }
    }

    private func bundleUpdaters(_ reloader: PolicyReloader, _ metrics: ServeMetrics, _ logger: Logger) throws -> [BundleUpdater] {
        let (policies, onError, servers, store) = (policies, onError, bundles.all, bundles.store)
        let follows = cluster.isOn
        let loader = try policies.verification.loader()
        return servers.map { server in
            BundleUpdater(
                server, store: store, loader: loader, holder: reloader.holder, metrics: metrics, logger: logger,
                check: { name, candidate in
                    // Bundles that have not arrived yet are not missed.
                    let archives = servers.filter { $0.name == name || store.exists($0.name) }.map {
                        $0.name == name ? candidate : store.path(of: $0.name)
                    }
                    let contents = Self.contents(policies, archives, onError, follows)
                    guard let set = contents.set, !contents.problems.contains(where: { $0.severity == .error }) else {
                        return contents.problems
                    }
                    return ActivePolicies.make(set, options: contents.options, revision: "").problems
                }, reload: { reloader.load() })
        }
    }

    /// Waits for bundles that were never downloaded.
    private func download(_ updaters: [BundleUpdater]) throws {
        if updaters.isEmpty { return }
        let (ended, outcome, patience) = (DispatchSemaphore(value: 0), ServeOutcome(), bundles.patienceAtStart)
        Task {
            for updater in updaters {
                if let problem = await updater.begin(patience: patience) {
                    outcome.fail("a bundle cannot be downloaded: \(problem)")
                }
            }
            ended.signal()
        }
        ended.wait()
        if let problem = outcome.problem { throw Self.failure(problem) }
    }
}

/// What the server's task came to, for the thread that waits for it.
private final class ServeOutcome: Sendable {
    private let state = Mutex<String?>(nil)
    var problem: String? { state.withLock { $0 } }
    func fail(_ problem: String) { state.withLock { $0 = problem } }
}

/// `address:port`, `:port` for all addresses, `[v6]:port`.
struct ListenAddress {
    var host: String
    var port: Int

    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]), (0...65535).contains(port)
        else { return nil }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            return nil
        }
        self.host = host.isEmpty ? "0.0.0.0" : host
        self.port = port
    }

    var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }
}

/// Connections are files: as many are allowed as the system lets this process have.
enum FileLimit {
    static func raise() {
        var limit = rlimit()
        guard getrlimit(RLIMIT_NOFILE_NUMBER, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(RLIMIT_NOFILE_NUMBER, &limit)
    }

    #if canImport(Glibc)
        private static let RLIMIT_NOFILE_NUMBER = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let RLIMIT_NOFILE_NUMBER = RLIMIT_NOFILE
    #endif
}
