import CoreMetrics
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL
import RegoRuntime

/// One connection: gathers requests, hands them to their routes and writes the answers in order.
///
/// Answers are encoded here into one buffer each; a request is taken up when the one before it is answered, and nothing
/// more is read meanwhile.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    private enum Phase {
        case idle
        /// The head is there; the body is read when there is room for it.
        case waiting
        /// The body is on its way.
        case receiving
        case evaluating
        /// The last answer is written; what still comes in is dropped.
        case closing
    }

    private let service: WebhookService
    private let arrivals: ArrivalWatch
    private var phase = Phase.idle
    private var head: HTTPRequestHead?
    /// What the last request asked for: on a connection of the API server mostly the same each time.
    private var target: RequestTarget?
    private var body: ByteBuffer?
    private var received = 0
    /// The room for the body: all of it, what of it grew with the body, and the number by which it is waited for.
    private var room = (size: 0, growing: 0)
    private var waiter: Int?
    /// The answer to a request that is refused once its body has passed.
    private var refusal: ServerResponse?
    private var pending = CircularBuffer<HTTPServerRequestPart>()
    private var isReadHeld = false
    private var isQuiescing = false
    private var isInputClosed = false
    private var number = 0
    private var deadline: Scheduled<Void>?
    private var ticks: RepeatedTask?
    private var lastActivity = MonotonicClock.now()
    private var remoteAddress = ""
    private var hasAllowedClient: Bool?

    init(_ service: WebhookService, arrivals: ArrivalWatch) {
        self.service = service
        self.arrivals = arrivals
    }

    // MARK: Life

    func handlerAdded(context: ChannelHandlerContext) {
        remoteAddress = context.remoteAddress.map { "\($0.ipAddress ?? ""):\($0.port ?? 0)" } ?? ""
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        ticks = context.eventLoop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
            let (handler, context) = bound.value
            handler.tick(context)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { end() }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    private func end() {
        ticks?.cancel()
        ticks = nil
        deadline?.cancel()
        deadline = nil
        phase = .closing
        pending.removeAll()
        giveRoomBack()
    }

    /// Closes connections that take too long for what they are about to do.
    private func tick(_ context: ChannelHandlerContext) {
        let now = MonotonicClock.now(), limits = service.limits
        let isStuck = !context.channel.isWritable && now - lastActivity > limits.receiveTimeout
        let isSlow = arrivals.waitingSince.map { now - $0 > limits.receiveTimeout } ?? false
        switch phase {
        case .evaluating: break
        case .closing: if now - lastActivity > 1_000_000_000 { context.close(promise: nil) }
        case .receiving, .waiting, .idle:
            if phase == .waiting, isSlow {
                service.metrics.refusedRequests.increment()
                respond(.overload, closing: true, context)
            } else if isSlow, phase == .receiving || arrivals.isReady {
                service.metrics.timedOutConnections.increment()
                respond(.error(.requestTimeout, "the request did not arrive in time"), closing: true, context)
            } else if isSlow || isStuck || phase == .idle && now - lastActivity > limits.idleTimeout {
                if isSlow { service.metrics.timedOutConnections.increment() }
                context.close(promise: nil)
            }
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            // A client may be sending on an idle connection this very moment: it gets its answer, with the word that
            // the connection ends.
            isQuiescing = true
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: .nanoseconds(service.limits.quiescingIdleTime)) {
                let (handler, context) = bound.value
                if handler.phase == .idle { context.close(promise: nil) }
            }
        case ChannelEvent.inputClosed:
            isInputClosed = true
            if phase != .evaluating { context.close(promise: nil) }
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case is HTTPParserError where phase != .evaluating:
            respond(.error(.badRequest, "the request is not HTTP/1.1: \(error)"), closing: true, context)
        default:
            service.logger.debug("connection failed", metadata: ["peer": "\(remoteAddress)", "error": "\(error)"])
            context.close(promise: nil)
        }
    }

    // MARK: Requests

    func read(context: ChannelHandlerContext) {
        if phase == .evaluating || phase == .waiting { isReadHeld = true } else { context.read() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = Self.unwrapInboundIn(data)
        if phase == .evaluating || phase == .waiting { return pending.append(part) }
        take(part, context)
    }

    // MARK: Room

    /// Takes room for the body; without any the connection waits for it.
    private func takeRoom(_ length: Int, _ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop), number = number
        waiter = service.buffers.take(length, on: context.eventLoop) { [service] in
            let (handler, context) = bound.value
            // The connection may have ended meanwhile.
            guard handler.phase == .waiting, handler.number == number else { return service.buffers.give(length) }
            handler.waiter = nil
            handler.room = (length, 0)
            handler.phase = .receiving
            handler.askForBody(context)
            handler.takePending(context)
            handler.readOn(context)
        }
        if waiter == nil { room = (length, 0) } else { phase = .waiting }
    }

    private func giveRoomBack() {
        if let waiter, service.buffers.giveUp(waiter) { self.waiter = nil }
        waiter = nil
        service.buffers.give(room.size, growing: room.growing)
        room = (0, 0)
    }

    private func askForBody(_ context: ChannelHandlerContext) {
        guard refusal == nil, head?.headers.first(name: "Expect")?.lowercased() == "100-continue" else { return }
        write("HTTP/1.1 100 Continue\r\n\r\n", context)
    }

    private func readOn(_ context: ChannelHandlerContext) {
        guard isReadHeld, phase != .evaluating, phase != .waiting else { return }
        isReadHeld = false
        context.read()
    }

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        if phase == .closing { return }
        switch part {
        case .head(let head): begin(head, context)
        case .body(let bytes): receive(bytes, context)
        case .end: dispatch(context)
        }
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        self.head = head
        phase = .receiving
        (received, body, refusal) = (0, nil, nil)
        if target?.method != head.method || target?.uri != head.uri { target = RequestTarget(head, service) }
        let length = head.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
        if length > service.limits.bodySize { return refuseSize(context) }
        refusal = target?.refusal ?? target?.route.flatMap { refusal(of: head, $0, context) }
        // What is refused is read and thrown away.
        if refusal == nil, length > 0 { takeRoom(length, context) }
        if phase == .receiving { askForBody(context) }
    }

    private func refusal(
        of head: HTTPRequestHead, _ route: Route, _ context: ChannelHandlerContext
    ) -> ServerResponse? {
        if route.needsClient, let problem = clientProblem(context) { return problem }
        if route.bodyTypes.isEmpty { return nil }
        if let type = head.headers.first(name: "Content-Type") {
            let name = type.prefix { $0 != ";" }.trimming(" ").lowercased()
            if !route.bodyTypes.contains(name) {
                return .error(.unsupportedMediaType, "the body must be \(route.bodyTypes[0]), not \(name)")
            }
        }
        if let coding = head.headers.first(name: "Content-Encoding")?.lowercased(),
            !["gzip", "deflate", "identity"].contains(coding)
        {
            return .error(.unsupportedMediaType, "the body's encoding \(coding) is not known")
        }
        return nil
    }

    private func clientProblem(_ context: ChannelHandlerContext) -> ServerResponse? {
        guard let clients = service.clients else { return nil }
        if hasAllowedClient == nil {
            let certificate = try? context.channel.pipeline.syncOperations.nioSSL_peerCertificate()
            if certificate == nil { return .error(.unauthorized, "a client certificate is needed") }
            hasAllowedClient = certificate.map(clients.allows) ?? false
        }
        return hasAllowedClient == true ? nil : .error(.forbidden, "the client certificate names nobody who is allowed")
    }

    private func receive(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        received += bytes.readableBytes
        if received > service.limits.bodySize { return refuseSize(context) }
        if refusal != nil { return }
        if received > room.size {
            // The length is not known, or the body is larger than it was on its way.
            let more = received - room.size
            guard service.buffers.grow(by: more) else {
                service.metrics.refusedRequests.increment()
                return respond(.overload, closing: true, context)
            }
            room = (room.size + more, room.growing + more)
        }
        if body == nil {
            body = bytes
            let length = head?.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
            if length > bytes.readableBytes, length <= service.limits.bodySize {
                var whole = context.channel.allocator.buffer(capacity: length)
                whole.writeImmutableBuffer(bytes)
                body = whole
            }
        } else {
            body?.writeImmutableBuffer(bytes)
        }
    }

    private func refuseSize(_ context: ChannelHandlerContext) {
        respond(service.tooLarge(), closing: true, context)
    }

    private func dispatch(_ context: ChannelHandlerContext) {
        arrivals.waitingSince = nil
        if let refusal { return respond(refusal, closing: false, context) }
        guard let head, let target, let route = target.route else { return }
        let now = MonotonicClock.now()
        var request = ServerRequest(
            method: head.method, path: target.path, query: target.query, headers: head.headers, body: body ?? ByteBuffer(),
            remoteAddress: remoteAddress, arrival: now, deadline: now)
        body = nil
        guard let time = target.time else {
            return respond(.error(.badRequest, "timeout is not a duration such as 3s"), closing: false, context)
        }
        request.deadline = now + time
        if let compressed = CompressedBody(of: request, service.buffers) {
            return submit(service.expanding(compressed, route.work.evaluation), request, compressed, route, context)
        }
        switch route.work {
        case .immediate(let answer): respond(answer(request).compressed(for: request), closing: false, context)
        case .evaluation(let evaluate):
            if let response = service.answerOnLoop(request, route, evaluate) {
                return respond(response.compressed(for: request), closing: false, context)
            }
            submit(evaluate, request, nil, route, context)
        }
    }

    private func submit(
        _ evaluate: @escaping @Sendable (ServerRequest, Lane, inout WorkerState) -> ServerResponse?,
        _ request: ServerRequest, _ compressed: CompressedBody?, _ route: Route, _ context: ChannelHandlerContext
    ) {
        phase = .evaluating
        number += 1
        let number = number, loop = context.eventLoop
        let bound = NIOLoopBound((self, context), eventLoop: loop)
        let finish: @Sendable (ServerResponse) -> Void = { response in
            loop.execute {
                let (handler, context) = bound.value
                handler.finish(number, response, context)
            }
        }
        do {
            try service.pool.submit { turn, state in
                guard case .evaluation(let lane) = turn else {
                    finish(.overload)
                    return true
                }
                // The answer has been given already.
                if MonotonicClock.now() >= request.deadline { return true }
                guard let response = evaluate(request, lane, &state) else { return false }
                finish(response.compressed(for: request))
                return true
            }
        } catch {
            service.metrics.refusedRequests.increment()
            return respond(error == .full ? .overload : .stopping, closing: false, context)
        }
        deadline = loop.scheduleTask(deadline: .uptimeNanoseconds(UInt64(request.deadline))) { [service] in
            let (handler, context) = bound.value
            guard handler.phase == .evaluating, handler.number == number else { return }
            service.metrics.missedDeadlines.increment()
            let late = ServerResponse.error(.gatewayTimeout, "there was no answer in time")
            // What is repeated of a large review is not read here, where other connections wait.
            let limit = service.limits.bodySize
            let answered = route.onDeadline.map { answer in
                service.pool.answer { finish(answer((try? compressed?.expanded(limit: limit)) ?? request)) }
            }
            if answered != true { handler.finish(number, late, context) }
        }
    }

    private func finish(_ number: Int, _ response: ServerResponse, _ context: ChannelHandlerContext) {
        guard phase == .evaluating, number == self.number else { return }
        deadline?.cancel()
        deadline = nil
        respond(response, closing: false, context)
    }

    // MARK: Answers

    private func respond(_ response: ServerResponse, closing: Bool, _ context: ChannelHandlerContext) {
        if phase == .closing { return }
        let mayGoOn = !closing && !response.closesConnection && !isQuiescing && !isInputClosed && head?.isKeepAlive ?? false
        var buffer = context.channel.allocator.buffer(capacity: 320 + response.body.count)
        ResponseEncoder.encode(response, to: head, keepsAlive: mayGoOn, into: &buffer)
        lastActivity = MonotonicClock.now()
        arrivals.waitingSince = nil
        (head, refusal, body) = (nil, nil, nil)
        giveRoomBack()
        let sent = large(buffer, context)
        if mayGoOn {
            context.writeAndFlush(Self.wrapOutboundOut(buffer), promise: sent)
            phase = .idle
            takePending(context)
            readOn(context)
            return
        }
        phase = .closing
        pending.removeAll()
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        let isComplete = !closing
        let promise = sent ?? context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(Self.wrapOutboundOut(buffer), promise: promise)
        promise.futureResult.whenComplete { _ in
            // A client that is still sending must be able to read the answer first: the connection is closed by `tick`.
            if isComplete { bound.value.close(promise: nil) } else { bound.value.read() }
        }
    }

    /// Takes room for a large answer until it has left.
    private func large(_ buffer: ByteBuffer, _ context: ChannelHandlerContext) -> EventLoopPromise<Void>? {
        let size = buffer.readableBytes
        guard size > 64 << 10 else { return nil }
        service.buffers.add(size)
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.whenComplete { [service] _ in service.buffers.give(size) }
        return promise
    }

    private func takePending(_ context: ChannelHandlerContext) {
        while phase != .evaluating, phase != .waiting, let part = pending.popFirst() { take(part, context) }
    }

    private func write(_ text: String, _ context: ChannelHandlerContext) {
        context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
    }
}

extension StringProtocol {
    /// The text without the given character at its ends.
    func trimming(_ character: Character) -> SubSequence {
        var rest = self[...]
        while rest.first == character { rest = rest.dropFirst() }
        while rest.last == character { rest = rest.dropLast() }
        return rest
    }
}
