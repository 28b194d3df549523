package import NIOHTTP1

/// What one worker thread keeps from request to request.
package struct WorkerState {
    var admission = EvaluatorCache()
    var mutation = MutatorCache()
    var documents = DocumentEvaluators()

    package init() {}
}

/// How much time an evaluation may take before it has to make room for others.
package enum Lane: Sendable {
    /// The event loop the request came in on, for what takes little time: no thread has to be woken.
    case loop
    /// Every other request starts here: a few milliseconds.
    case quick
    /// Requests that need longer, on threads of their own.
    case patient
}

/// What a route does with a complete request.
package enum RouteWork: Sendable {
    /// Answered at once, on the event loop.
    case immediate(@Sendable (ServerRequest) -> ServerResponse)
    /// Answered on a worker thread, or where it came in when it takes little time; nil asks for the next lane.
    case evaluation(@Sendable (ServerRequest, Lane, inout WorkerState) -> ServerResponse?)

    /// The same on a worker thread.
    var evaluation: @Sendable (ServerRequest, Lane, inout WorkerState) -> ServerResponse? {
        switch self {
        case .immediate(let answer): { request, _, _ in answer(request) }
        case .evaluation(let evaluate): evaluate
        }
    }
}

/// A path and what is done there.
package struct Route: Sendable {
    package var methods: [HTTPMethod]
    /// Exact, or everything below it when it ends with `/*`.
    package var path: String
    /// Media types the body may have; empty for routes that read none. A body without a type is taken for the first.
    package var bodyTypes: [String] = []
    /// Whether clients must show a certificate when the server asks for certificates.
    package var needsClient = true
    package var work: RouteWork
    /// Whether a request is nearly sure to be answered within a millisecond without waiting for anything; none by default.
    package var isQuick: (@Sendable (ServerRequest) -> Bool)?
    /// What is answered when the deadline passes first; 504 by default.
    package var onDeadline: (@Sendable (ServerRequest) -> ServerResponse)?

    package init(_ methods: [HTTPMethod], _ path: String, bodyTypes: [String] = [], needsClient: Bool = true, _ work: RouteWork) {
        self.methods = methods
        self.path = path
        self.bodyTypes = bodyTypes
        self.needsClient = needsClient
        self.work = work
    }

    func matches(_ path: String) -> Bool {
        guard self.path.hasSuffix("/*") else { return path == self.path }
        return path.utf8.starts(with: self.path.utf8.dropLast())
    }
}

/// All routes of a server, the first match wins.
package struct Router: Sendable {
    private var routes: [Route] = []

    package init() {}

    /// Adds routes after those that are there.
    package mutating func add(_ more: [Route]) { routes += more }

    enum Match {
        case route(Route)
        case wrongMethod(allowed: [HTTPMethod])
        case none
    }

    func match(_ method: HTTPMethod, _ path: String) -> Match {
        var allowed: [HTTPMethod] = []
        for route in routes where route.matches(path) {
            // HEAD is GET without a body.
            if route.methods.contains(method) || method == .HEAD && route.methods.contains(.GET) { return .route(route) }
            allowed += route.methods
        }
        return allowed.isEmpty ? .none : .wrongMethod(allowed: allowed)
    }
}
