import Catalogue
import Documents
import Foundation
import Inputs
import NIOHTTP1
import Synchronization
import Testing

@testable import Webhook

/// Following the objects of a cluster, by an API server on the loopback interface.
struct ClusterTests {
    /// A few kinds in memory, with lists in pages and watches that end after what there is.
    final class FakeCluster: Sendable {
        struct State {
            var objects: [String: [String: String]] = [:]
            /// By path: version and line.
            var events: [String: [(version: Int, line: String)]] = [:]
            var version = 10
            var forbidden: Set<String> = []
            /// Watches from before it are too old.
            var oldest = 0
        }

        let state = Mutex(State())

        static let discovery = [
            "/api/v1":
                #"{"resources":[{"name":"services","kind":"Service"},{"name":"services/status","kind":"Service"},{"name":"namespaces","kind":"Namespace"},{"name":"pods","kind":"Pod"},{"name":"secrets","kind":"Secret"}]}"#,
            "/apis/apps": #"{"preferredVersion":{"groupVersion":"apps/v1"}}"#,
            "/apis/apps/v1": #"{"resources":[{"name":"deployments","kind":"Deployment"}]}"#,
        ]

        func put(_ path: String, _ key: String, _ object: String) {
            state.withLock { state in
                let isNew = state.objects[path]?[key] == nil
                state.version += 1
                let text = object.replacingOccurrences(of: "VERSION", with: "\(state.version)")
                state.objects[path, default: [:]][key] = text
                state.events[path, default: []].append(
                    (state.version, #"{"type":"\#(isNew ? "ADDED" : "MODIFIED")","object":\#(text)}"#))
            }
        }

        func delete(_ path: String, _ key: String) {
            state.withLock { state in
                state.version += 1
                guard let text = state.objects[path]?.removeValue(forKey: key) else { return }
                state.events[path, default: []].append((state.version, #"{"type":"DELETED","object":\#(text)}"#))
            }
        }

        func answer(_ request: ServerRequest) -> ServerResponse {
            if let text = Self.discovery[request.path] { return ServerResponse(.ok, body: Array(text.utf8)) }
            return state.withLock { state in
                if state.forbidden.contains(request.path) { return .error(.forbidden, "no") }
                guard let objects = state.objects[request.path] else { return .error(.notFound, "nothing") }
                if request.parameter("watch") != nil {
                    let from = Int(request.parameter("resourceVersion") ?? "") ?? 0
                    if from < state.oldest {
                        return ServerResponse(.ok, body: Array(#"{"type":"ERROR","object":{"code":410}}"#.utf8 + [10]))
                    }
                    let lines = (state.events[request.path] ?? []).filter { $0.version > from }.map { $0.line + "\n" }
                    let mark = #"{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"\#(state.version)"}}}"# + "\n"
                    return ServerResponse(.ok, body: Array((lines.joined() + mark).utf8))
                }
                // Two to a page.
                let start = Int(request.parameter("continue") ?? "") ?? 0
                let page = objects.sorted { $0.key < $1.key }.dropFirst(start).prefix(2).map(\.value)
                let rest = start + page.count < objects.count ? "\(start + page.count)" : ""
                let text =
                    #"{"metadata":{"resourceVersion":"\#(state.version)","continue":"\#(rest)"},"items":[\#(page.joined(separator: ","))]}"#
                return ServerResponse(.ok, body: Array(text.utf8))
            }
        }
    }

    private static let services = "/api/v1/services"

    private static func object(_ name: String, namespace: String? = "shop", more: String = "") -> String {
        let place = namespace.map { #","namespace":"\#($0)""# } ?? ""
        return #"{"metadata":{"name":"\#(name)"\#(place),"resourceVersion":"VERSION","managedFields":[{"manager":"x"}]}\#(more)}"#
    }

    private static func kind(_ group: String, _ name: String) -> GroupKind { GroupKind(group: group, kind: name) }

    private static func follow(
        _ cluster: FakeCluster, kinds: [GroupKind], limit: Int = 1 << 20,
        onChange: @escaping @Sendable (ClusterStore) -> Void = { _ in },
        _ body: @escaping @Sendable (ClusterStore, LoopbackServer) async throws -> Void
    ) async throws {
        try await LoopbackServer.run(answering: { request, _ in cluster.answer(request) }) { server, url in
            let store = ClusterStore(kinds: kinds, limit: limit)
            let informer = ClusterInformer(
                ClusterAccess(url: url), store: store, interval: .milliseconds(20), logger: ServedPolicies.logger
            ) { onChange(store) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await informer.run() }
                try await body(store, server)
                group.cancelAll()
            }
        }
    }

    private static func names(_ store: ClusterStore) -> [String] { store.resources.map(\.name) }

    @Test(.timeLimit(.minutes(2))) func listsAndWatches() async throws {
        let cluster = FakeCluster()
        for name in ["a", "b", "c", "d", "e"] { cluster.put(Self.services, name, Self.object(name)) }
        cluster.state.withLock { $0.objects["/apis/apps/v1/deployments"] = [:] }
        try await Self.follow(cluster, kinds: [Self.kind("", "Service"), Self.kind("apps", "Deployment")]) { store, _ in
            await LoopbackServer.wait { store.isSettled }
            #expect(Self.names(store) == ["a", "b", "c", "d", "e"])
            let first = try #require(store.resources.first)
            #expect(first.value.field("kind").stringValue == "Service")
            #expect(first.value.field("metadata").field("managedFields").isUndefined)
            cluster.put(Self.services, "f", Self.object("f"))
            cluster.delete(Self.services, "a")
            cluster.put("/apis/apps/v1/deployments", "w", Self.object("w"))
            await LoopbackServer.wait { Self.names(store).sorted() == ["b", "c", "d", "e", "f", "w"] }
            #expect(Self.names(store).sorted() == ["b", "c", "d", "e", "f", "w"])
            // What happened while nobody watched is too old: all is listed anew.
            cluster.state.withLock { state in
                state.oldest = state.version + 1
                state.version += 1
                state.objects[Self.services]?["b"] = nil
            }
            await LoopbackServer.wait { !Self.names(store).contains("b") }
            #expect(!Self.names(store).contains("b"))
        }
    }

    @Test(.timeLimit(.minutes(2))) func whatIsMissing() async throws {
        let cluster = FakeCluster()
        cluster.put(Self.services, "a", Self.object("a"))
        cluster.put(
            "/api/v1/pods", "big", Self.object("big", more: #","spec":{"x":"\#(String(repeating: "y", count: 40_000))"}"#))
        cluster.put("/api/v1/secrets", "s", Self.object("s", more: #","data":{"password":"aHVudGVy"}"#))
        cluster.state.withLock { $0.forbidden = ["/api/v1/namespaces"] }
        let kinds = [
            Self.kind("", "Service"), Self.kind("", "Namespace"), Self.kind("", "Pod"), Self.kind("", "Secret"),
            Self.kind("policy", "PodDisruptionBudget"),
        ]
        try await Self.follow(cluster, kinds: kinds, limit: 50_000) { store, _ in
            await LoopbackServer.wait { store.isSettled }
            let statuses = store.statuses
            #expect(statuses[Self.kind("", "Service")] == .complete)
            for kind in ["Namespace", "Pod"] {
                guard case .missing? = statuses[Self.kind("", kind)] else { return #expect(Bool(false), "\(kind)") }
            }
            guard case .missing? = statuses[Self.kind("policy", "PodDisruptionBudget")] else { return #expect(Bool(false)) }
            #expect(store.size <= 50_000)
            let secret = store.resources.first { $0.type.kind == "Secret" }
            #expect(secret?.value.field("data").field("password").stringValue == "")
        }
    }

    /// A policy that compares objects judges by those of the cluster, and warns.
    @Test(.timeLimit(.minutes(2))) func policiesCompare() async throws {
        let policy = """
            # METADATA
            # custom: {id: ONE, scope: bundle, targets: [{group: "", kinds: [Service]}]}
            package one
            deny contains msg if {
                some name, service in data.inventory.namespace[input.metadata.namespace].v1.Service
                service.spec.selector == input.spec.selector
                name != input.metadata.name
                msg := sprintf("it has the selector of %s", [name])
            }
            """
        let cluster = FakeCluster()
        cluster.put(Self.services, "a", Self.object("a", more: #","spec":{"selector":{"app":"web"}}"#))
        cluster.put(
            "/api/v1/namespaces", "shop",
            #"{"metadata":{"name":"shop","resourceVersion":"VERSION","labels":{"frozen":"true"}}}"#)
        let other = """
            package labels
            deny contains "frozen" if {
                input.request.object.metadata.name == "late"
                input.request.namespaceObject.metadata.labels.frozen == "true"
            }
            """
        var contents = try ServedPolicies.contents(
            ["one.rego": policy, "labels.rego": other], "", builtin: false, profiles: ["recommended"], onError: nil)
        contents.options.followsCluster = true
        let served = try ServedPolicies(["one.rego": policy, "labels.rego": other])
        let set = try #require(contents.set)
        let active = try #require(ActivePolicies.make(set, options: contents.options, revision: "cluster").policies)
        served.holder.activate(active)
        #expect(active.admission.neededKinds == [Self.kind("", "Service")])
        func service(_ name: String) -> String {
            #"{"apiVersion":"v1","kind":"Service","metadata":{"name":"\#(name)","namespace":"shop"},"spec":{"selector":{"app":"web"}}}"#
        }
        func request(_ name: String) -> String {
            AdmissionControllerTests.request(
                "CREATE", kind: #"{"group":"","version":"v1","kind":"Service"}"#, object: service(name))
        }
        #expect(try served.review(request("b")).warnings == [])
        let changes = Mutex(0)
        let holder = served.holder
        try await LoopbackServer.run(answering: { request, _ in cluster.answer(request) }) { _, url in
            let store = ClusterStore(kinds: active.admission.neededKinds + [Self.kind("", "Namespace")], limit: 1 << 20)
            let feed = ClusterFeed(store, holder: holder, logger: ServedPolicies.logger)
            let informer = ClusterInformer(
                ClusterAccess(url: url), store: store, interval: .milliseconds(20), logger: ServedPolicies.logger
            ) {
                feed.refresh()
                changes.withLock { $0 += 1 }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await informer.run() }
                await LoopbackServer.wait { changes.withLock { $0 } > 0 }
                group.cancelAll()
            }
        }
        let answer = try served.review(request("b"))
        #expect(answer.isAllowed == true)
        #expect(answer.warnings == ["[ONE] it has the selector of a"])
        #expect(try served.review(request("a")).warnings == [])
        #expect(try served.review(request("late")).isAllowed == false)
    }
}
