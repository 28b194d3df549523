import Documents

extension Builtins {
    /// Graphs as objects from vertex to neighbours, and every node of a document (OPA policy reference, "Graph").
    static let graphs: [Builtin] = [
        Builtin(
            "graph.reachable", help: "(graph, start) The nodes that can be reached, for a graph given as lists of neighbours.",
            graphType, listType, returns: .anySet, work: .constant
        ) { $0.reachable() },
        Builtin(
            "graph.reachable_paths", help: "(graph, start) The paths to all nodes that can be reached.", graphType, listType,
            returns: .set(of: .anyArray)
        ) { $0.reachablePaths() },
        Builtin(
            "walk", help: "(x) Every path in the value with what stands there.", .any,
            returns: .array(static: [.anyArray, .any], dynamic: nil), relation: true
        ) { call in
            var walk = DocumentWalk(call.context)
            walk.visit(call[0])
            return walk.isOverLimit ? call.stopped() : call.array(walk.pairs)
        },
    ]

    private static let graphType = RegoType.object(.any, .union([.anyArray, .anySet]))
}

extension BuiltinCall {
    private mutating func graphOperands() -> (graph: Value, start: UnsafeBufferPointer<Value>)? {
        guard let graph = objectOperand(0) else { return nil }
        let start = operands[1]
        if start.kind == .array || start.kind == .set { return (graph, start.elements) }
        _ = typeError(1, wants: "{array, set}")
        return nil
    }

    fileprivate mutating func reachable() -> Value {
        guard let (graph, start) = graphOperands() else { return .undefined }
        // What is reached costs, not the size of the graph.
        var reached: Set<Int> = []
        var queue = Array(start)
        while let vertex = queue.popLast() {
            guard context.spend(2) else { return stopped() }
            let place = graph.keyIndex(vertex)
            if place < 0 || !reached.insert(place).inserted { continue }
            let neighbours = graph.values[place]
            guard neighbours.kind == .array || neighbours.kind == .set else { continue }
            // Vertices may share their neighbours: there may be far more edges than the graph takes memory.
            guard context.spend(4 &+ neighbours.count) else { return stopped() }
            guard context.hasRoom(for: (queue.count &+ neighbours.count) &* 32) else { return exceedsMemory() }
            queue += neighbours.elements
        }
        let keys = reached.sorted().map { graph.keys[$0] }
        return keys.withUnsafeBufferPointer { arena.set(sorted: $0) }
    }

    fileprivate mutating func reachablePaths() -> Value {
        guard let (graph, start) = graphOperands() else { return .undefined }
        var search = PathSearch(graph: graph, context: context)
        for vertex in start {
            search.begin(at: vertex)
            if search.isStopped { return context.spend(0) ? exceedsMemory() : stopped() }
        }
        return arena.set(search.paths)
    }
}

/// All paths through a graph that end where a vertex has no neighbour that the path has not met.
private struct PathSearch {
    let graph: Value
    let context: EvaluationContext
    var paths: [Value] = []
    var isStopped = false
    private var path: [Value] = []
    private var isOnPath: [Bool]

    init(graph: Value, context: EvaluationContext) {
        (self.graph, self.context) = (graph, context)
        isOnPath = [Bool](repeating: false, count: graph.count)
    }

    /// One vertex of the current path and how many of its neighbours have been tried.
    private struct Frame {
        var place: Int
        var next = 0
        var wasOnPath: Bool
    }

    mutating func begin(at vertex: Value) {
        let place = graph.keyIndex(vertex)
        guard place >= 0 else { return }
        if neighbours(place).isEmpty { return paths.append(context.arena.array([vertex])) }
        path = [vertex]
        isOnPath[place] = true
        follow(from: place)
        isOnPath[place] = false
    }

    /// Depth first without recursion, as graphs may be deep. A vertex that is already on the path ends it, except that
    /// the start may appear a second time when it is its own neighbour.
    private mutating func follow(from start: Int) {
        var frames = [Frame(place: start, wasOnPath: true)]
        while let frame = frames.last, !isStopped {
            let neighbours = neighbours(frame.place)
            guard frame.next < neighbours.count else {
                frames.removeLast()
                path.removeLast()
                if !frame.wasOnPath { isOnPath[frame.place] = false }
                continue
            }
            frames[frames.count - 1].next += 1
            if !context.spend(4) {
                isStopped = true
                return
            }
            let vertex = neighbours[frame.next]
            let place = graph.keyIndex(vertex)
            if place < 0 || (isOnPath[place] && frames.count > 1) {
                commit()
                continue
            }
            path.append(vertex)
            if self.neighbours(place).isEmpty {
                commit()
                path.removeLast()
                continue
            }
            frames.append(Frame(place: place, wasOnPath: isOnPath[place]))
            isOnPath[place] = true
        }
    }

    private mutating func commit() {
        paths.append(context.arena.array(path))
        isStopped = !context.spend(10 + path.count) || !context.hasRoom(for: paths.count * 24)
    }

    private func neighbours(_ place: Int) -> UnsafeBufferPointer<Value> {
        let list = graph.values[place]
        return list.kind == .array || list.kind == .set ? list.elements : UnsafeBufferPointer(start: nil, count: 0)
    }
}

/// Collects `[path, value]` for a value and everything in it, parents first.
private struct DocumentWalk {
    let context: EvaluationContext
    var pairs: [Value] = []
    var isOverLimit = false
    private var path: [Value] = []

    init(_ context: EvaluationContext) { self.context = context }

    mutating func visit(_ value: Value) {
        if !context.spend(4 + path.count) || pairs.count & 1023 == 1023 && !context.hasRoom(for: pairs.count * 16) {
            isOverLimit = true
        }
        if isOverLimit { return }
        let arena = context.arena
        let place = path.withUnsafeBufferPointer { arena.array($0) }
        withUnsafeTemporaryAllocation(of: Value.self, capacity: 2) { pair in
            (pair[0], pair[1]) = (place, value)
            pairs.append(arena.array(UnsafeBufferPointer(pair)))
        }
        guard value.isCollection else { return }
        let children = value.kind == .object ? value.values : value.elements
        for index in 0..<value.count {
            path.append(value.kind == .array ? .int(index) : value.elements[index])
            visit(children[index])
            path.removeLast()
        }
    }
}
