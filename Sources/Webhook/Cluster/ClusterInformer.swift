import AsyncHTTPClient
import Diagnostics
import Documents
package import Inputs
package import Logging
import NIOCore
import NIOHTTP1
import RegoRuntime
package import ServiceLifecycle
import Text

/// Keeps a store up to date: lists the objects of each kind, then watches them, as the API has it
/// (https://kubernetes.io/docs/reference/using-api/api-concepts).
package final class ClusterInformer: Service {
    private let access: ClusterAccess
    private let store: ClusterStore
    private let logger: Logger
    /// Called after changes, at most once in this many seconds, once it is known of every kind how it stands.
    private let onChange: @Sendable () -> Void
    private let interval: Duration

    /// Bytes of one page of a list, and of one line of a watch.
    private static let largestPage = 64 << 20
    private static let pageSize = 250
    private static let pause = Duration.milliseconds(250)

    package init(
        _ access: ClusterAccess, store: ClusterStore, interval: Duration = .seconds(2), logger: Logger,
        onChange: @escaping @Sendable () -> Void
    ) {
        self.access = access
        self.store = store
        self.interval = interval
        self.logger = logger
        self.onChange = onChange
    }

    package func run() async throws {
        let client = access.client()
        await cancelWhenGracefulShutdown { [self] in
            await withTaskGroup(of: Void.self) { group in
                for kind in store.statuses.keys { group.addTask { await self.follow(kind, client) } }
                group.addTask { await self.tell() }
            }
        }
        try? await client.shutdown()
    }

    private func tell() async {
        var told = -1
        while !Task.isCancelled {
            let version = store.version
            if version != told, store.isSettled {
                told = version
                onChange()
            }
            try? await Task.sleep(for: interval)
        }
    }

    // MARK: One kind

    /// Where the objects of a kind are.
    private struct Place {
        var path: String
        var apiVersion: String
        var kind: String
    }

    /// Lists and watches for ever; failures are tried again after 1, 2, 4 … 60 seconds.
    private func follow(_ kind: GroupKind, _ client: HTTPClient) async {
        var pause = 1
        while !Task.isCancelled {
            do throws(ClusterAccess.Failure) {
                let place = try await place(of: kind, client)
                var version = try await list(kind, place, client)
                pause = 1
                while !Task.isCancelled {
                    version = try await watch(kind, place, from: version, client)
                    // A server, or a proxy before it, that ends watches at once is not to be asked without a pause.
                    try? await Task.sleep(for: Self.pause)
                }
            } catch {
                if Task.isCancelled { return }
                // 410: what was seen last is too old to go on from; it is listed anew.
                if error.status != 410 {
                    let isLoaded = store.statuses[kind] == .complete
                    if error.status == 403 || error.status == 404 || error.status == 507 || !isLoaded {
                        store.set(.missing(error.message), of: kind)
                    }
                    logger.warning(
                        "objects of the cluster cannot be followed",
                        metadata: ["kind": "\(kind.text)", "problem": "\(error.message)"])
                    try? await Task.sleep(for: .seconds(pause))
                    pause = min(2 * pause, 60)
                }
            }
        }
    }

    /// Asks the server in which version and under which name a kind is served.
    private func place(of kind: GroupKind, _ client: HTTPClient) async throws(ClusterAccess.Failure) -> Place {
        var root = "/api/v1", version = "v1"
        if !kind.group.isEmpty {
            let group = try json(try await access.get("/apis/\(kind.group)", client, limit: 1 << 20))
            guard let preferred = group.root.field("preferredVersion").field("groupVersion").stringValue else {
                throw ClusterAccess.Failure(status: 404, message: "\(kind.group) has no version")
            }
            (root, version) = ("/apis/\(preferred)", preferred)
        }
        let list = try json(try await access.get(root, client, limit: 4 << 20))
        let resources = list.root.field("resources")
        for resource in resources.kind == .array ? Array(resources.elements) : [] {
            guard resource.field("kind").stringValue == kind.kind, let name = resource.field("name").stringValue,
                !name.contains("/")
            else { continue }
            return Place(path: "\(root)/\(name)", apiVersion: version, kind: kind.kind)
        }
        throw ClusterAccess.Failure(status: 404, message: "\(kind.text) is not served")
    }

    private func json(_ bytes: [UInt8]) throws(ClusterAccess.Failure) -> Document {
        do { return try JSONReader.read(SourceFile(path: "cluster", bytes: bytes), keepsPositions: false) } catch {
            throw ClusterAccess.Failure(status: 0, message: "the API server's answer is not JSON: \(error.message)")
        }
    }

    /// All objects, page by page; the version to watch from.
    private func list(_ kind: GroupKind, _ place: Place, _ client: HTTPClient) async throws(ClusterAccess.Failure) -> String {
        var objects: [(document: Document, size: Int)] = [], next = "", size = 0
        while true {
            let more = next.isEmpty ? "" : "&continue=" + Self.escaped(next)
            let page = try json(
                try await access.get("\(place.path)?limit=\(Self.pageSize)\(more)", client, limit: Self.largestPage))
            let items = page.root.field("items")
            for item in items.kind == .array ? Array(items.elements) : [] {
                let object = ClusterObject.document(item, apiVersion: place.apiVersion, kind: place.kind)
                size += object.size
                objects.append(object)
                if size > store.limit { throw Self.tooLarge(kind) }
            }
            let metadata = page.root.field("metadata")
            next = metadata.field("continue").stringValue ?? ""
            if !next.isEmpty { continue }
            guard store.replace(kind, by: objects) else { throw Self.tooLarge(kind) }
            store.set(.complete, of: kind)
            return metadata.field("resourceVersion").stringValue ?? ""
        }
    }

    private static func escaped(_ text: String) -> String {
        var output: [UInt8] = []
        for byte in text.utf8 {
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            if isPlain || byte == UInt8(ascii: "-") { output.append(byte) } else { PercentEncoding.append(byte, to: &output) }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func tooLarge(_ kind: GroupKind) -> ClusterAccess.Failure {
        ClusterAccess.Failure(status: 507, message: "the objects of \(kind.text) do not fit into the memory for them")
    }

    /// Changes until the server ends the watch; the version to go on from.
    private func watch(
        _ kind: GroupKind, _ place: Place, from version: String, _ client: HTTPClient
    ) async throws(ClusterAccess.Failure) -> String {
        let query = "watch=1&allowWatchBookmarks=true&timeoutSeconds=300&resourceVersion=\(Self.escaped(version))"
        let request = try access.request("\(place.path)?\(query)")
        var last = version
        do {
            let response = try await client.execute(request, timeout: .seconds(330))
            guard response.status == .ok else {
                throw ClusterAccess.Failure(
                    status: Int(response.status.code), message: "the API server answered \(response.status.code)")
            }
            var pending: [UInt8] = []
            for try await part in response.body {
                pending += part.readableBytesView
                while let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                    let line = Array(pending[..<end])
                    pending.removeSubrange(...end)
                    if !line.isEmpty { last = try take(line, kind, place) ?? last }
                }
                if pending.count > Self.largestPage {
                    throw ClusterAccess.Failure(status: 0, message: "an event of the API server is too long")
                }
            }
        } catch let failure as ClusterAccess.Failure { throw failure } catch {
            throw ClusterAccess.Failure(status: 0, message: "\(error)")
        }
        return last
    }

    /// One event; the version it leads to.
    private func take(_ line: [UInt8], _ kind: GroupKind, _ place: Place) throws(ClusterAccess.Failure) -> String? {
        let event = try json(line)
        let object = event.root.field("object")
        let type = event.root.field("type").stringValue ?? ""
        if type == "ERROR" {
            let code = object.field("code").integerValue.map { Int(clamping: $0) } ?? 0
            throw ClusterAccess.Failure(status: code, message: object.field("message").stringValue ?? "the watch failed")
        }
        if type == "ADDED" || type == "MODIFIED" || type == "DELETED" {
            let (document, size) = ClusterObject.document(object, apiVersion: place.apiVersion, kind: place.kind)
            if type == "DELETED" {
                store.delete(document, of: kind)
            } else if !store.put(document, size: size, of: kind) {
                throw Self.tooLarge(kind)
            }
        }
        return object.field("metadata").field("resourceVersion").stringValue
    }
}
