import GoTemplate

/// The paths of values that the templates of all charts mention, as a tree: charts inside may be handed the scope of the
/// chart around.
struct Mentions {
    enum Use { case whole, parts, none }

    private final class Node {
        /// Whether something uses the value with all its members.
        var isUsed = false
        /// Whether a template mentions this path.
        var isMentioned = false
        /// Whether a template gives it a value.
        var isSet = false
        /// Whether a template looks at its type.
        var isTypeTested = false
        var members: [String: Node] = [:]
    }

    private let root = Node()
    /// Whether all values are handed to something that may use any of them.
    let usesAll: Bool

    init(_ charts: [ChartView]) {
        usesAll = charts.contains(where: \.search.usesAll)
        for chart in charts {
            for reference in chart.search.references {
                let node = node(reference.path)
                (node.isUsed, node.isMentioned) = (true, true)
                if reference.use == .set { node.isSet = true }
            }
            for path in chart.search.typeTests { node(path).isTypeTested = true }
            for dependency in chart.chart.metadata.dependencies {
                for condition in dependency.condition.split(separator: ",") {
                    node(condition.split(separator: ".").map { StringFunctions.trimmed(String($0)) }).isUsed = true
                }
                // Values that a chart inside lends.
                for entry in dependency.importValues {
                    guard let parent = entry.asMap?["parent"]?.asString else { continue }
                    node(parent.split(separator: ".").map(String.init)).isUsed = true
                }
            }
        }
    }

    /// The node of a path, which is made when it is not there.
    private func node(_ path: [String]) -> Node {
        var node = root
        for name in path {
            if let next = node.members[name] {
                node = next
            } else {
                let next = Node()
                node.members[name] = next
                node = next
            }
        }
        return node
    }

    func use(of path: [String]) -> Use {
        var node = root
        for name in path {
            if node.isUsed { return .whole }
            guard let next = node.members[name] else { return .none }
            node = next
        }
        return node.isUsed ? .whole : .parts
    }

    /// Whether a template gives a value to a path or to something that it lies in.
    func isSet(_ path: [String]) -> Bool { any(path, from: 0) { $0.isSet } }

    /// Whether templates look at the type of a beginning of a path with at most `count` steps.
    func isTypeTested(_ path: [String], upTo count: Int) -> Bool { any(Array(path[..<count]), from: 1) { $0.isTypeTested } }

    /// Whether templates mention a beginning of a path with at least `count` steps that is not the whole.
    func isMentioned(_ path: [String], from count: Int) -> Bool { any(path.dropLast(), from: count) { $0.isMentioned } }

    private func any(_ path: some Collection<String>, from count: Int, _ isWanted: (Node) -> Bool) -> Bool {
        var node = root
        if count == 0, isWanted(node) { return true }
        for (index, name) in path.enumerated() {
            guard let next = node.members[name] else { return false }
            node = next
            if index + 1 >= count, isWanted(node) { return true }
        }
        return false
    }
}
