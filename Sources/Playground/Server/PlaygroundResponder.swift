import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import RegoRuntime

/// Answers requests: checks who asks, finds the endpoint or the file, runs the work and words what goes wrong.
struct PlaygroundResponder: HTTPResponder {
    typealias Context = PlaygroundContext

    let api: PlaygroundAPI
    let pool: JobPool
    /// For what evaluates nothing, which does not wait for what does.
    let quickPool: JobPool
    let origins: Origins
    let limiter: RateLimiter

    func respond(to request: Request, context: PlaygroundContext) async throws -> Response {
        var response: Response
        do {
            response = try await answer(request, context)
        } catch let error as PlaygroundError {
            response = Self.response(error)
        } catch is CancellationError {
            response = Self.response(
                PlaygroundError(status: 499, code: "cancelled", message: "The request was cancelled."))
        } catch let error as HTTPError where error.status == .contentTooLarge {
            response = Self.response(.tooLarge(limit: api.limits.body))
        } catch {
            context.logger.error("request failed", metadata: ["error": "\(error)"])
            response = Self.response(
                PlaygroundError(status: 500, code: "internal", message: "The server could not answer; see its log."))
        }
        SecurityHeaders.add(to: &response)
        return response
    }

    private func answer(_ request: Request, _ context: PlaygroundContext) async throws -> Response {
        if let problem = origins.problem(
            host: request.head.authority, origin: request.headers[.origin], fetchSite: request.headers[.fetchSite])
        {
            throw problem
        }
        guard limiter.admits(context.client, now: MonotonicClock.now()) else {
            throw PlaygroundError(
                status: 429, code: "rate_limited", message: "Too many requests from this address; slow down.", retryAfter: 1)
        }
        let path = request.uri.path
        guard path.hasPrefix("/api/") else { return try file(path, request) }
        let matches = api.endpoints.compactMap { endpoint in endpoint.match(path).map { (endpoint, $0) } }
        guard let (endpoint, id) = matches.first(where: { $0.0.method == request.method.rawValue }) else {
            if matches.isEmpty { throw PlaygroundError.notFound("There is no \(path).") }
            let methods = matches.map(\.0.method).joined(separator: ", ")
            var response = Self.response(
                PlaygroundError(
                    status: 405, code: "method_not_allowed", message: "\(path) understands \(methods)."))
            response.headers[.allow] = methods
            return response
        }
        return try await run(endpoint, id: id, request, context)
    }

    private func run(
        _ endpoint: Endpoint, id: String, _ request: Request, _ context: PlaygroundContext
    ) async throws -> Response {
        var body: [UInt8] = []
        if let wanted = endpoint.bodyType {
            let type = request.headers[.contentType]?.split(separator: ";").first.map { $0.lowercased() }
            guard type == wanted else {
                throw PlaygroundError(
                    status: 415, code: "unsupported_type", message: "The body must have Content-Type: \(wanted).")
            }
            body = try await read(request)
        }
        let job = Job()
        let watcher = await context.watch(job)
        defer { watcher?.watch(nil) }
        let call = APICall(body: body, id: id, job: job)
        let threads = endpoint.bodyType == nil ? quickPool : pool
        let answer = try await threads.run(job, for: context.client) { _ in try endpoint.handle(api, call) }
        var response = Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.bytes)))
        response.headers[.contentType] = answer.type
        response.headers[.cacheControl] = "no-store"
        if let name = answer.fileName { response.headers[.contentDisposition] = "attachment; filename=\"\(name)\"" }
        return response
    }

    private func read(_ request: Request) async throws -> [UInt8] {
        let limit = api.limits.body
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw PlaygroundError.tooLarge(limit: limit)
        }
        var bytes: [UInt8] = []
        for try await part in request.body {
            if bytes.count + part.readableBytes > limit { throw PlaygroundError.tooLarge(limit: limit) }
            bytes += part.readableBytesView
        }
        return bytes
    }

    // MARK: Files

    private func file(_ path: String, _ request: Request) throws(PlaygroundError) -> Response {
        let name = path == "/" ? "index.html" : String(path.dropFirst())
        let asset = Assets.files[name.hasPrefix("codemirror/") ? name : "web/\(name)"]
        guard let asset else { throw .notFound("There is no \(path).") }
        guard request.method == .get || request.method == .head else {
            throw PlaygroundError(status: 405, code: "method_not_allowed", message: "Files are read with GET.")
        }
        var headers = HTTPFields()
        headers[.contentType] = Assets.type(of: asset.path)
        headers[.cacheControl] = "no-cache"
        headers[.eTag] = api.entityTag
        if request.headers[.ifNoneMatch] == api.entityTag { return Response(status: .notModified, headers: headers) }
        if request.method == .head {
            headers[.contentLength] = String(asset.bytes.count)
            return Response(status: .ok, headers: headers)
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes)))
    }

    private static func response(_ error: PlaygroundError) -> Response {
        var response = Response(
            status: HTTPResponse.Status(code: error.status), body: ResponseBody(byteBuffer: ByteBuffer(bytes: error.json.bytes)))
        response.headers[.contentType] = "application/json"
        response.headers[.cacheControl] = "no-store"
        if let seconds = error.retryAfter { response.headers[.retryAfter] = String(seconds) }
        return response
    }
}

/// Headers that keep the page to itself: nothing from elsewhere, no inline script, no frames.
enum SecurityHeaders {
    static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
        connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'
        """

    static func add(to response: inout Response) {
        response.headers[.contentSecurityPolicy] = policy
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "no-referrer"
        response.headers[.frameOptions] = "DENY"
        response.headers[.openerPolicy] = "same-origin"
        response.headers[.resourcePolicy] = "same-origin"
    }
}

extension HTTPField.Name {
    static let fetchSite = Self("Sec-Fetch-Site")!
    static let referrerPolicy = Self("Referrer-Policy")!
    static let frameOptions = Self("X-Frame-Options")!
    static let openerPolicy = Self("Cross-Origin-Opener-Policy")!
    static let resourcePolicy = Self("Cross-Origin-Resource-Policy")!
}
