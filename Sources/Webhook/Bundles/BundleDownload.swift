import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// One request for a bundle.
struct BundleDownload {
    /// Bytes of an archive at most.
    static let largestArchive = 128 << 20
    private static let timeout = Duration.seconds(30)
    private static let longPollingType = "application/vnd.openpolicyagent.bundles"

    /// What the server said.
    enum Answer: Equatable {
        /// - Parameter isLongPolling: whether the server understood that it may wait.
        case archive([UInt8], tag: String?, isLongPolling: Bool)
        case unchanged(isLongPolling: Bool)
        case failed(String)
    }

    let client: HTTPClient
    let server: BundleServer

    /// - Parameter tag: of the archive that is there already.
    func run(tag: String?, waits: Bool) async -> Answer {
        var request = HTTPClientRequest(url: server.url)
        if let tag { request.headers.add(name: "If-None-Match", value: tag) }
        let wait = waits ? server.longPolling : .zero
        // Deltas are not asked for: they change a bundle in memory, and what is served here is what is on disk.
        request.headers.add(
            name: "Prefer", value: wait > .zero ? "modes=snapshot;wait=\(wait.components.seconds)" : "modes=snapshot")
        if let problem = BearerToken.add(server.tokenFile, to: &request.headers) { return .failed(problem) }
        do {
            let time = Self.timeout + wait
            let response = try await client.execute(request, timeout: .seconds(time.components.seconds))
            let type = response.headers.first(name: "Content-Type")?.prefix { $0 != ";" } ?? ""
            let isLongPolling = type == Self.longPollingType
            switch response.status.code {
            case 200:
                let body = try await response.body.collect(upTo: Self.largestArchive)
                return .archive(Array(buffer: body), tag: response.headers.first(name: "ETag"), isLongPolling: isLongPolling)
            case 304: return .unchanged(isLongPolling: isLongPolling || waits && tag != nil)
            case let code: return .failed("the server answered \(code)")
            }
        } catch is NIOTooManyBytesError {
            return .failed("the bundle is larger than \(Self.largestArchive >> 20) MiB")
        } catch {
            return .failed("\(error)")
        }
    }
}
