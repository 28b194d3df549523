extension TemplateRun {
    func loop(_ branch: BranchNode, _ dot: GoValue) throws -> Flow {
        let pipeline = branch.pipeline
        let value = try evaluate(pipeline, dot)
        let entries = try entries(of: value, pipeline)
        if entries.isEmpty { return try renderOtherwise(branch, dot) }
        visit?(frame.body.source, branch.places.word)
        let scope = frame.variables.count
        for index in 0..<entries.count {
            let (key, element) = entries[index]
            let isPair = pipeline.variables.count == 2
            if let first = pipeline.variables.first {
                // With one variable a map and a list give their elements.
                try set(first, isPair ? key : element, pipeline, fromTop: isPair ? 2 : 1)
            }
            if isPair { try set(pipeline.variables[1], element, pipeline, fromTop: 1) }
            let flow = try render(branch.body, element)
            frame.variables.removeLast(frame.variables.count - scope)
            try countStep()
            if flow == .breakLoop { break }
        }
        return .next
    }

    /// Gives a variable of `range` the value of one turn.
    private func set(_ name: String, _ value: GoValue, _ pipeline: Pipeline, fromTop place: Int) throws {
        if pipeline.assigns {
            try assign(name, value)
        } else {
            frame.variables[frame.variables.count - place].value = value
        }
    }

    /// What `range` goes through: numbers up to a count, or the members of a collection.
    private enum Entries {
        case count(Int64, GoValue.IntegerType)
        case list(GoList, [GoValue])
        case map(GoMap, [String], [GoValue])

        var count: Int {
            switch self {
            case .count(let count, _): max(0, Int(count))
            case .list(_, let items): items.count
            case .map(_, let keys, _): keys.count
            }
        }
        var isEmpty: Bool { count == 0 }

        subscript(index: Int) -> (key: GoValue, element: GoValue) {
            switch self {
            case .count(_, let type): return (.missing, GoValue(.integer(Int64(index), type)))
            case .list(let list, let items):
                var element = items[index]
                element.isInterface = list.element == .any
                return (.int(index), element)
            case .map(let map, let keys, let values):
                var element = values[index]
                element.isInterface = map.element == .any
                return (GoValue(.string(keys[index]), trace: element.trace), element)
            }
        }
    }

    private func entries(of value: GoValue, _ pipeline: Pipeline) throws -> Entries {
        switch value.content {
        case .missing, .null: return .count(0, .int)
        case .integer(let count, let type):
            guard pipeline.variables.count < 2 else {
                throw problem("can't use \(count) to iterate over more than one variable")
            }
            return .count(count, type)
        // The members at the start count, whatever the body does to the collection.
        case .list(let list): return .list(list, list.items)
        case .map(let map): return .map(map, map.keys, map.values)
        case .object(let object):
            if let list = object.list { return .list(list, list.items) }
            if let map = object.members { return .map(map, map.keys, map.values) }
            fallthrough
        default: throw problem("range can't iterate over \(GoPrint.text(value))")
        }
    }
}
