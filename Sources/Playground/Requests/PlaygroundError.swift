/// Why a request is refused; every refusal has this one shape.
struct PlaygroundError: Error, Sendable {
    var status: Int
    /// Stable name; the wording may change.
    var code: String
    var message: String
    var hint: String?
    /// Seconds after which another try makes sense.
    var retryAfter: Int?

    static func badRequest(_ message: String, hint: String? = nil) -> PlaygroundError {
        PlaygroundError(status: 400, code: "bad_request", message: message, hint: hint)
    }

    static func notFound(_ message: String) -> PlaygroundError {
        PlaygroundError(status: 404, code: "not_found", message: message)
    }

    static func tooLarge(limit: Int) -> PlaygroundError {
        PlaygroundError(
            status: 413, code: "too_large", message: "The request is larger than the limit of \(limit >> 20) MiB.",
            hint: "Leave out inputs that the policy does not need.")
    }

    static let busy = PlaygroundError(
        status: 429, code: "busy", message: "The server evaluates as much as it can; try again in a moment.", retryAfter: 1)

    var json: JSON {
        .object([
            ("error", .members(["code": .string(code), "message": .string(message), "hint": hint.map(JSON.string)]))
        ])
    }
}
