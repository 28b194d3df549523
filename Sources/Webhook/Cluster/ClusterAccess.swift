import AsyncHTTPClient
package import Inputs
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// How the API server is reached.
package struct ClusterAccess: Sendable {
    /// `https://10.0.0.1:443`, without a path.
    package var url: String
    package var tokenFile: String?
    /// The authority of the server's certificate, PEM; nil for those of the system.
    package var authorityFile: String?

    package init(url: String, tokenFile: String? = nil, authorityFile: String? = nil) {
        self.url = url
        self.tokenFile = tokenFile
        self.authorityFile = authorityFile
    }

    private static let account = "/var/run/secrets/kubernetes.io/serviceaccount"

    /// What a Pod is given.
    /// - Parameter environment: looks up `KUBERNETES_SERVICE_HOST` and `KUBERNETES_SERVICE_PORT`.
    package static func ofPod(_ environment: (String) -> String?) -> ClusterAccess? {
        guard let host = environment("KUBERNETES_SERVICE_HOST"), let port = environment("KUBERNETES_SERVICE_PORT") else {
            return nil
        }
        let name = host.contains(":") ? "[\(host)]" : host
        return ClusterAccess(url: "https://\(name):\(port)", tokenFile: account + "/token", authorityFile: account + "/ca.crt")
    }

    func client() -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        var tls = TLSConfiguration.makeClientConfiguration()
        if let authorityFile { tls.trustRoots = .file(authorityFile) }
        configuration.tlsConfiguration = tls
        configuration.httpVersion = .http1Only
        return HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
    }

    /// Why a request has no answer.
    struct Failure: Error {
        /// The HTTP status; 0 when there was none.
        var status: Int
        var message: String
    }

    func request(_ path: String) throws(Failure) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: url + path)
        request.headers.add(name: "Accept", value: "application/json")
        request.headers.add(name: "User-Agent", value: "lintel")
        if let problem = BearerToken.add(tokenFile, to: &request.headers) { throw Failure(status: 0, message: problem) }
        return request
    }

    /// The body of an answer.
    func get(_ path: String, _ client: HTTPClient, limit: Int) async throws(Failure) -> [UInt8] {
        let request = try request(path)
        do {
            let response = try await client.execute(request, timeout: .seconds(30))
            let body = try await response.body.collect(upTo: limit)
            guard response.status == .ok else {
                throw Failure(status: Int(response.status.code), message: "the API server answered \(response.status.code)")
            }
            return Array(buffer: body)
        } catch let failure as Failure { throw failure } catch {
            throw Failure(status: 0, message: "\(error)")
        }
    }
}
