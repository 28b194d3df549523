package import Documents

extension NodeFacts {
    /// The facts as a `lintel/v1` NodeFacts document, the evidence `lintel compliance --node-facts` reads.
    ///
    /// `parse` turns the bytes of a configuration file into a value of the arena; nil leaves the file out and says so.
    package func document(collectedAt: String, parse: (Configuration, Arena) -> Value?) -> Document {
        Document { arena in
            var configs: [Value] = [], gaps = unreadable
            for configuration in configurations {
                if let content = parse(configuration, arena) {
                    configs.append(arena.object(["path": arena.string(configuration.path), "content": content]))
                } else {
                    gaps.append(Gap(path: configuration.path, error: "is neither YAML nor JSON"))
                }
            }
            return arena.object([
                "apiVersion": arena.string("lintel/v1"),
                "kind": arena.string("NodeFacts"),
                "hostname": arena.string(hostname),
                "collectedAt": arena.string(collectedAt),
                "uid": .int(Int(uid)),
                "files": arena.array(files.map { $0.value(in: arena) }),
                "processes": arena.array(processes.map { $0.value(in: arena) }),
                "configs": arena.array(configs),
                "unreadable": arena.array(
                    gaps.map { gap in
                        arena.object(["path": arena.string(gap.path), "error": arena.string(gap.error)])
                    }),
            ])
        }
    }
}

extension NodeFacts.File {
    func value(in arena: Arena) -> Value {
        let fields: [(String, Value?)] = [
            ("path", arena.string(path)), ("exists", .bool(exists)), ("type", kind.map { arena.string($0.rawValue) }),
            ("mode", mode.map { arena.string($0) }), ("uid", uid.map { .int(Int($0)) }),
            ("gid", gid.map { .int(Int($0)) }), ("owner", owner.map { arena.string($0) }),
            ("group", group.map { arena.string($0) }), ("error", error.map { arena.string($0) }),
        ]
        return arena.object(
            fields.compactMap { name, value in
                value.map { ObjectEntry(key: arena.string(name), value: $0) }
            })
    }
}

extension NodeFacts.Process {
    func value(in arena: Arena) -> Value {
        arena.object([
            "name": arena.string(name), "pid": .int(Int(pid)),
            "args": arena.array(arguments.map { arena.string($0) }),
        ])
    }
}
