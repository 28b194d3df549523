import Documents
import RegoRuntime

/// The call of `http.send`: caches, the exchange, and the result.
enum HTTPSend {
    /// The codes of errors that a request with `raise_error: false` gets as part of its result.
    private enum Code: String {
        case network = "eval_http_send_network_error"
        case `internal` = "eval_http_send_internal_error"
    }

    static func run(_ object: Value, _ call: inout BuiltinCall) -> Value {
        var raises = true
        do throws(HTTPSendRequest.Problem) {
            raises = try HTTPSendRequest.raisesErrors(object)
            let access = NetworkAccess.of(call.context)
            let request = try HTTPSendRequest(object, environment: access?.environment ?? [:])
            return answer(request, access, raises, &call)
        } catch {
            switch error {
            case .operand(let message):
                return raises ? call.typeFailure(message) : result(.internal, "http.send: \(message)", call.arena)
            case .other(let message): return raises ? call.fail(message) : result(.internal, message, call.arena)
            case .client(let message): return raises ? call.fail(message) : result(.network, message, call.arena)
            }
        }
    }

    private static func answer(
        _ request: HTTPSendRequest, _ access: NetworkAccess?, _ raises: Bool, _ call: inout BuiltinCall
    ) -> Value {
        // Within one query, equal requests have one answer, be it a failure.
        let key = "http.send " + request.key
        if let known = call.context.queryCache[key] { return known }
        if let message = call.context.queryCache["error " + key] { return call.fail(message.string) }
        do throws(HTTPExchange.Failure) {
            let response = try response(to: request, access, call.context)
            let size = response.body.count * 3 + 4096
            guard call.context.hasRoom(for: size) else { return call.exceedsMemory() }
            let value = result(response, request, call.arena)
            call.context.queryCache[key] = value
            return value
        } catch {
            if error.isCancellation { return call.cancelled() }
            guard raises else {
                let value = result(error.isNetwork ? .network : .internal, error.message, call.arena)
                call.context.queryCache[key] = value
                return value
            }
            let message = error.isTimeout ? "\(operation(request)) \(request.url): request timed out" : error.message
            call.context.queryCache["error " + key] = call.arena.string(message)
            return call.fail(message)
        }
    }

    private static func operation(_ request: HTTPSendRequest) -> String {
        request.method.prefix(1) + request.method.dropFirst().lowercased()
    }

    private static func response(
        to request: HTTPSendRequest, _ access: NetworkAccess?, _ context: EvaluationContext
    ) throws(HTTPExchange.Failure) -> HTTPExchange.Response {
        let exchange = HTTPExchange(access: access, context: context)
        guard let access, let reuse = request.reuse else { return try exchange.answer(to: request) }
        var validators: [(name: String, value: String)] = []
        let kept = access.responses.entry(request.key)
        if let kept {
            if context.now < kept.freshUntil { return kept.response }
            validators = HTTPReuse.validators(kept.response) ?? []
        }
        var response = try exchange.answer(to: request, validators: validators)
        if response.status == 304, let kept, !validators.isEmpty {
            response = HTTPReuse.renewed(kept.response, by: response)
        }
        if let limit = HTTPReuse.freshUntil(response, reuse, now: context.now) {
            access.responses.insert(ResponseCache.Entry(response: response, freshUntil: limit), for: request.key)
        }
        return response
    }

    // MARK: Results

    private static func result(_ code: Code, _ message: String, _ arena: Arena) -> Value {
        arena.object([
            "status_code": .int(0),
            "error": arena.object(["code": arena.string(code.rawValue), "message": arena.string(message)]),
        ])
    }

    private static func result(_ response: HTTPExchange.Response, _ request: HTTPSendRequest, _ arena: Arena) -> Value {
        arena.object([
            "status": arena.string("\(response.status)\(response.reason.isEmpty ? "" : " " + response.reason)"),
            "status_code": .int(response.status), "body": body(response, request, arena),
            "raw_body": arena.string(response.body), "headers": headers(response, arena),
        ])
    }

    /// The body as a document when its type or the request says it is one; null when it cannot be read.
    private static func body(_ response: HTTPExchange.Response, _ request: HTTPSendRequest, _ arena: Arena) -> Value {
        let type = response.header("content-type") ?? ""
        return response.body.withUnsafeBufferPointer { bytes in
            if request.decodesJSON || type.contains("application/json") {
                return (try? JSONReader.value(bytes, in: arena)) ?? .null
            }
            if request.decodesYAML || type.contains("application/yaml") || type.contains("application/x-yaml") {
                return (try? YAMLReader.value(bytes, in: arena)) ?? .null
            }
            return .null
        }
    }

    /// Each header's values in an array, under its name in lower case.
    private static func headers(_ response: HTTPExchange.Response, _ arena: Arena) -> Value {
        var values: [String: [Value]] = [:]
        for (name, value) in response.headers { values[name.lowercased(), default: []].append(arena.string(value)) }
        return arena.object(values.map { ObjectEntry(key: arena.string($0), value: arena.array($1)) })
    }
}
