import Catalogue
import Diagnostics
import Foundation
import Judging
import Logging
import NIOCore
import NIOHTTP1
import Rego
import Synchronization
import Testing
@testable import Webhook

/// Bundles from a server that changes its mind.
@Suite struct BundleUpdaterTests {
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// What the server has: replaced while a test runs.
    private final class Shelf: Sendable {
        private let state: Mutex<(bytes: [UInt8], tag: String, status: HTTPResponseStatus)>

        init(_ bytes: [UInt8], _ tag: String) { state = Mutex((bytes, tag, .ok)) }

        func put(_ bytes: [UInt8], _ tag: String, status: HTTPResponseStatus = .ok) {
            state.withLock { $0 = (bytes, tag, status) }
        }

        func answer(_ request: ServerRequest) -> ServerResponse {
            let (bytes, tag, status) = state.withLock { $0 }
            if status == .ok, request.headers.first(name: "If-None-Match") == tag { return ServerResponse(.notModified) }
            var response = ServerResponse(status, contentType: "application/gzip", body: bytes)
            response.headers.append(("ETag", tag))
            return response
        }
    }

    private static func bundle(_ message: String, revision: String = "r1") -> [UInt8] {
        let policy = "package main\n\ndeny contains \"\(message)\" if input.kind == \"Pod\"\n"
        return BundleArchive.archive([
            BundleFile(path: "main.rego", bytes: Array(policy.utf8)),
            BundleFile(path: ".manifest", bytes: Array(#"{"revision": "\#(revision)"}"#.utf8)),
        ])
    }

    /// An updater as `lintel serve` sets it up, with delays of milliseconds.
    private final class Setup: Sendable {
        let holder = PolicyHolder()
        let metrics = ServeMetrics(MetricsRegistry())
        let store: BundleStore
        let folder: URL
        let reloader: PolicyReloader

        init() throws {
            folder = FileManager.default.temporaryDirectory.appendingPathComponent("lintel-bundles-\(UUID().uuidString)")
            store = BundleStore(folder: folder.path)
            let path = store.path(of: "authz")
            reloader = PolicyReloader(
                PolicySource(paths: [path]) { Setup.contents(path) }, holder: holder, metrics: metrics,
                logger: BundleUpdaterTests.logger)
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        static func contents(_ path: String) -> PolicySource.Contents {
            guard let library = try? PolicyLibrary.embedded() else {
                return PolicySource.Contents(set: nil, options: .init(), problems: [])
            }
            let user = UserPolicies(reading: [path])
            var options = AdmissionPolicies.Options()
            options.selection.usesBuiltin = false
            options.data.userData = user.data
            return PolicySource.Contents(set: PolicySet(library: library, user: user), options: options, problems: user.problems)
        }

        func updater(_ url: String, longPolling: Duration = .zero, loader: BundleLoader = BundleLoader()) -> BundleUpdater {
            var server = BundleServer(name: "authz", url: url + "/bundles/authz")
            (server.shortestDelay, server.longestDelay, server.longPolling) = (.milliseconds(20), .milliseconds(30), longPolling)
            return BundleUpdater(
                server, store: store, loader: loader, holder: holder, metrics: metrics, logger: BundleUpdaterTests.logger,
                check: { _, path in
                    let contents = Setup.contents(path)
                    guard let set = contents.set, !contents.problems.contains(where: { $0.severity == .error }) else {
                        return contents.problems
                    }
                    return ActivePolicies.make(set, options: contents.options, revision: "").problems
                }, reload: { [reloader] in reloader.load() })
        }

        /// Runs the updater and the watcher of files.
        func run(_ updater: BundleUpdater, _ body: @Sendable () async throws -> Void) async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await updater.run() }
                reloader.watch()
                defer { reloader.stop() }
                try await body()
                group.cancelAll()
            }
        }

        var text: String {
            (try? String(
                decoding: Gzip.expand([UInt8](Data(contentsOf: URL(fileURLWithPath: store.path(of: "authz")))), limit: 1 << 20),
                as: UTF8.self)) ?? ""
        }
    }

    @Test func followsTheServer() async throws {
        let setup = try Setup(), shelf = Shelf(Self.bundle("one"), "\"1\"")
        try await LoopbackServer.run(answering: { request, _ in shelf.answer(request) }) { server, url in
            let updater = setup.updater(url)
            #expect(await updater.begin(patience: .seconds(5)) == nil)
            #expect(setup.reloader.load().isActive)
            let first = setup.holder.status.revision
            try await setup.run(updater) {
                await LoopbackServer.wait { server.seen.count >= 4 }
                #expect(server.seen.dropFirst(2).allSatisfy { $0.headers.first(name: "If-None-Match") == "\"1\"" })
                #expect(
                    server.seen.allSatisfy { $0.path == "/bundles/authz" && $0.headers.first(name: "Prefer") == "modes=snapshot" }
                )
                #expect(setup.holder.status.revision == first)
                shelf.put(Self.bundle("two", revision: "r2"), "\"2\"")
                await LoopbackServer.wait { setup.holder.status.revision != first }
                #expect(setup.holder.status.revision != first)
                #expect(setup.text.contains("two"))
            }
        }
    }

    /// What cannot be used changes nothing, neither in memory nor on disk, and shows in the status until it is mended.
    @Test(arguments: ["broken Rego", "no archive", "delta", "server error", "unsafe variable", "wrong roots"])
    func keepsTheLastGood(_ kind: String) async throws {
        let setup = try Setup(), shelf = Shelf(Self.bundle("one"), "\"1\"")
        let policy = BundleFile(path: "main.rego", bytes: Array("package main\n\ndeny contains x if {\n".utf8))
        let bad: [String: ([UInt8], HTTPResponseStatus)] = [
            "broken Rego": (BundleArchive.archive([policy]), .ok), "no archive": (Array("hello".utf8), .ok),
            "delta": (BundleArchive.archive([BundleFile(path: "patch.json", bytes: Array(#"{"data": []}"#.utf8))]), .ok),
            "server error": ([], .internalServerError),
            "unsafe variable": (
                BundleArchive.archive([BundleFile(path: "a.rego", bytes: Array("package a\n\ndeny contains y if x > 1\n".utf8))]),
                .ok
            ),
            "wrong roots": (
                BundleArchive.archive([
                    BundleFile(path: ".manifest", bytes: Array(#"{"roots": ["other"]}"#.utf8)),
                    BundleFile(path: "main.rego", bytes: Array("package main\n\ndeny contains \"x\"\n".utf8)),
                ]), .ok
            ),
        ]
        let (bytes, status) = try #require(bad[kind])
        try await LoopbackServer.run(answering: { request, _ in shelf.answer(request) }) { _, url in
            let updater = setup.updater(url)
            #expect(await updater.begin(patience: .seconds(5)) == nil)
            #expect(setup.reloader.load().isActive)
            let revision = setup.holder.status.revision
            try await setup.run(updater) {
                shelf.put(bytes, "\"2\"", status: status)
                await LoopbackServer.wait { setup.holder.status.problem != nil }
                #expect(setup.holder.status.problem?.hasPrefix("bundle authz: ") == true)
                #expect(setup.holder.status.revision == revision)
                #expect(setup.text.contains("one"))
                shelf.put(Self.bundle("one"), "\"1\"")
                await LoopbackServer.wait { setup.holder.status.problem == nil }
                #expect(setup.holder.status.problem == nil)
            }
            #expect(setup.metrics.registry.text().contains("lintel_bundle_failed_load_total{bundle=\"authz\"}"))
        }
    }

    /// A server that is down at the start is no obstacle when a bundle was downloaded before.
    @Test func startsFromDisk() async throws {
        let setup = try Setup()
        try await LoopbackServer.run(answering: { _, _ in
            var response = ServerResponse(.ok, body: Self.bundle("one"))
            response.headers.append(("ETag", "\"1\""))
            return response
        }) { _, url in #expect(await setup.updater(url).begin(patience: .seconds(5)) == nil) }
        try await LoopbackServer.run(answering: { _, _ in ServerResponse(.serviceUnavailable) }) { server, url in
            #expect(await setup.updater(url).begin(patience: .zero) == nil)
            #expect(server.seen.isEmpty)
            #expect(setup.reloader.load().isActive)
        }
        let empty = try Setup()
        try await LoopbackServer.run(answering: { _, _ in ServerResponse(.serviceUnavailable) }) { _, url in
            #expect(await empty.updater(url).begin(patience: .milliseconds(50)) == "the server answered 503")
        }
    }

    /// The tag of another server's bundle says nothing about this one's.
    @Test func tagsBelongToServers() async throws {
        let setup = try Setup()
        try setup.store.write(Self.bundle("one"), to: setup.store.path(of: "authz"))
        try setup.store.setTag("\"1\"", of: "authz", url: "http://a/b")
        #expect(setup.store.tag(of: "authz", url: "http://a/b") == "\"1\"")
        #expect(setup.store.tag(of: "authz", url: "http://c/b") == nil)
        #expect(setup.store.tag(of: "other", url: "http://a/b") == nil)
    }

    /// Without a wait between two requests, as the server waits itself.
    @Test func longPolling() async throws {
        let setup = try Setup()
        try await LoopbackServer.run(answering: { request, _ in
            if request.headers.first(name: "If-None-Match") != nil {
                return ServerResponse(.notModified, contentType: "application/vnd.openpolicyagent.bundles")
            }
            var response = ServerResponse(.ok, contentType: "application/vnd.openpolicyagent.bundles", body: Self.bundle("one"))
            response.headers.append(("ETag", "\"1\""))
            return response
        }) { server, url in
            try await setup.run(setup.updater(url, longPolling: .seconds(10))) {
                await LoopbackServer.wait { server.seen.count >= 3 }
                #expect(server.seen.allSatisfy { $0.headers.first(name: "Prefer") == "modes=snapshot;wait=10" })
            }
        }
    }

    /// A signed bundle needs the key; with it, what is not signed is refused.
    @Test func signatures() async throws {
        let setup = try Setup()
        let loader = {
            var loader = BundleLoader()
            loader.verification = BundleVerification(key: "secret")
            return loader
        }()
        try await LoopbackServer.run(answering: { _, _ in ServerResponse(.ok, body: Self.bundle("one")) }) { _, url in
            let problem = await setup.updater(url, loader: loader).begin(patience: .zero)
            #expect(problem?.contains("it has no .signatures.json") == true)
            #expect(!setup.store.exists("authz"))
        }
    }
}
