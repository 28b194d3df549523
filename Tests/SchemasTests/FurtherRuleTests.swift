import Testing

/// Rules for kinds that few manifests have, each with what the server takes beside what it refuses.
struct FurtherRuleTests {
    // MARK: Flow control

    @Test(arguments: [
        ("priorityLevelConfiguration: {name: low}", nil),
        ("priorityLevelConfiguration: {name: low}, matchingPrecedence: 0", nil),
        ("priorityLevelConfiguration: {name: low}, matchingPrecedence: 1", "spec.matchingPrecedence"),
        ("priorityLevelConfiguration: {name: low}, matchingPrecedence: 10001", "spec.matchingPrecedence"),
        ("priorityLevelConfiguration: {name: low}, distinguisherMethod: {type: ByGroup}", "spec.distinguisherMethod.type"),
        ("priorityLevelConfiguration: {name: ''}", "spec.priorityLevelConfiguration.name"),
    ])
    func flowSchemas(spec: String, place: String?) throws {
        try FaultPlaces.expect(
            "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema, metadata: {name: f}, spec: {\(spec)}}", place)
    }

    @Test(arguments: [
        (
            "subjects: [{kind: Group, group: {name: g}}], resourceRules: [{verbs: ['*'], apiGroups: ['*'], resources: ['*'], namespaces: ['*']}]",
            nil
        ),
        (
            "subjects: [{kind: ServiceAccount, serviceAccount: {name: '*', namespace: kube-system}}], nonResourceRules: [{verbs: [get], nonResourceURLs: ['/healthz/*']}]",
            nil
        ),
        (
            "subjects: [{kind: User, user: {name: u}}], resourceRules: [{verbs: [get], apiGroups: [''], resources: [pods], clusterScope: true}]",
            nil
        ),
        ("resourceRules: [{verbs: [get], apiGroups: [''], resources: [pods], clusterScope: true}]", "spec.rules[0].subjects"),
        ("subjects: [{kind: User, user: {name: u}}]", "spec.rules[0]"),
        (
            "subjects: [{kind: User, group: {name: u}, user: {name: u}}], nonResourceRules: [{verbs: [get], nonResourceURLs: [/a]}]",
            "spec.rules[0].subjects[0].group"
        ),
        (
            "subjects: [{kind: User, user: {name: u}}], nonResourceRules: [{verbs: [get, '*'], nonResourceURLs: [/a]}]",
            "spec.rules[0].nonResourceRules[0].verbs"
        ),
        (
            "subjects: [{kind: User, user: {name: u}}], nonResourceRules: [{verbs: [bind], nonResourceURLs: [/a]}]",
            "spec.rules[0].nonResourceRules[0].verbs[0]"
        ),
        (
            "subjects: [{kind: User, user: {name: u}}], nonResourceRules: [{verbs: [get], nonResourceURLs: ['/a*']}]",
            "spec.rules[0].nonResourceRules[0].nonResourceURLs[0]"
        ),
        (
            "subjects: [{kind: User, user: {name: u}}], resourceRules: [{verbs: [get], apiGroups: [''], resources: [pods]}]",
            "spec.rules[0].resourceRules[0].namespaces"
        ),
    ])
    func flowRules(rule: String, place: String?) throws {
        try FaultPlaces.expect(
            """
            {apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema, metadata: {name: f},
             spec: {priorityLevelConfiguration: {name: low}, rules: [{\(rule)}]}}
            """, place)
    }

    @Test(arguments: [
        ("type: Limited, limited: {limitResponse: {type: Reject}}", nil),
        ("type: Limited, limited: {nominalConcurrencyShares: 0, lendablePercent: 100, limitResponse: {type: Reject}}", nil),
        ("type: Limited, limited: {limitResponse: {type: Queue, queuing: {}}}", nil),
        ("type: Limited, limited: {limitResponse: {type: Queue, queuing: {queues: 128, handSize: 6}}}", nil),
        ("type: Limited", "spec.limited"),
        ("type: Exempt, exempt: {}", "spec.type"),
        ("type: Limited, limited: {lendablePercent: 101, limitResponse: {type: Reject}}", "spec.limited.lendablePercent"),
        ("type: Limited, limited: {limitResponse: {type: Reject, queuing: {}}}", "spec.limited.limitResponse.queuing"),
        ("type: Limited, limited: {limitResponse: {type: Queue}}", "spec.limited.limitResponse.queuing"),
        (
            "type: Limited, limited: {limitResponse: {type: Queue, queuing: {queues: 4}}}",
            "spec.limited.limitResponse.queuing.queues"
        ),
        (
            "type: Limited, limited: {limitResponse: {type: Queue, queuing: {queues: 1024, handSize: 12}}}",
            "spec.limited.limitResponse.queuing.handSize"
        ),
    ])
    func priorityLevels(spec: String, place: String?) throws {
        try FaultPlaces.expect(
            "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: PriorityLevelConfiguration, metadata: {name: l}, spec: {\(spec)}}",
            place)
    }

    // MARK: Addresses

    @Test(arguments: [
        ("10.96.0.1", nil), ("2001:db8::1", nil), ("fd00::", nil), ("::ffff", nil),
        ("2001:DB8::1", "metadata.name"), ("2001:db8:0:0:0:0:0:1", "metadata.name"), ("web", "metadata.name"),
    ])
    func addresses(name: String, place: String?) throws {
        try FaultPlaces.expect(
            """
            apiVersion: networking.k8s.io/v1
            kind: IPAddress
            metadata: {name: "\(name)"}
            spec: {parentRef: {resource: services, namespace: a, name: b}}
            """, place)
    }

    @Test(arguments: [
        ("[10.96.0.0/16]", nil), ("[10.96.0.0/16, 'fd00::/112']", nil), ("[]", "spec.cidrs"),
        ("[10.96.0.1/16]", "spec.cidrs[0]"), ("[10.96.0.0/16, 10.97.0.0/16]", "spec.cidrs"), ("[10.96.0.0]", "spec.cidrs[0]"),
        ("['fd00:0::/112']", "spec.cidrs[0]"),
    ])
    func serviceRanges(ranges: String, place: String?) throws {
        try FaultPlaces.expect(
            "{apiVersion: networking.k8s.io/v1, kind: ServiceCIDR, metadata: {name: r}, spec: {cidrs: \(ranges)}}", place)
    }

    @Test(arguments: [
        ("10.1.2.3", nil), ("127.0.0.1", "endpoints[0].addresses[0]"), ("169.254.1.1", "endpoints[0].addresses[0]"),
        ("fd00::1", nil), ("0:0:0:0:0:0:0:1", "endpoints[0].addresses[0]"), ("::ffff:127.0.0.1", "endpoints[0].addresses[0]"),
        ("fe80::1", "endpoints[0].addresses[0]"), ("ff12::1", "endpoints[0].addresses[0]"), ("ff05::1", nil),
    ])
    func endpoints(address: String, place: String?) throws {
        try FaultPlaces.expect(
            """
            {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: e},
             addressType: \(address.contains(":") ? "IPv6" : "IPv4"), endpoints: [{addresses: ['\(address)']}]}
            """, place)
    }

    @Test(arguments: [
        ("clusterIP: None, clusterIPs: [None], ports: [{port: 80}]", nil),
        ("clusterIPs: [None], ports: [{port: 80}]", "spec.clusterIPs[0]"),
    ])
    func serviceAddresses(spec: String, place: String?) throws {
        try FaultPlaces.expect("{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {\(spec)}}", place)
    }

    // MARK: Storage and servers

    @Test(arguments: [
        ("storage.k8s.io/v1", "VolumeAttachment", "spec: {attacher: a, nodeName: node, source: {persistentVolumeName: v}}", nil),
        ("storage.k8s.io/v1", "VolumeAttachment", "spec: {attacher: a, nodeName: node, source: {}}", "spec.source"),
        ("storage.k8s.io/v1", "CSIStorageCapacity", "storageClassName: fast, capacity: 1Gi", nil),
        ("storage.k8s.io/v1", "CSIStorageCapacity", "storageClassName: fast, capacity: -1Gi", "capacity"),
        ("storage.k8s.io/v1", "CSINode", "spec: {drivers: [{name: a, nodeID: id}]}", nil),
        (
            "storage.k8s.io/v1", "CSINode", "spec: {drivers: [{name: a, nodeID: id}, {name: a, nodeID: id}]}",
            "spec.drivers[1].name"
        ),
        ("storage.k8s.io/v1", "CSINode", "spec: {drivers: [{name: a, nodeID: id, topologyKeys: [a.b/c]}]}", nil),
        (
            "storage.k8s.io/v1", "CSINode", "spec: {drivers: [{name: a, nodeID: id, topologyKeys: ['']}]}",
            "spec.drivers[0].topologyKeys[0]"
        ),
        (
            "coordination.k8s.io/v1", "Lease", "spec: {holderIdentity: a, strategy: OldestEmulationVersion, preferredHolder: b}",
            nil
        ),
        ("coordination.k8s.io/v1", "Lease", "spec: {preferredHolder: b}", "spec.preferredHolder"),
    ])
    func storage(apiVersion: String, kind: String, body: String, place: String?) throws {
        try FaultPlaces.expect("{apiVersion: \(apiVersion), kind: \(kind), metadata: {name: a}, \(body)}", place)
    }

    @Test(arguments: [
        ("v1.a.example", "group: a.example, version: v1, groupPriorityMinimum: 100, versionPriority: 10", nil),
        ("v1.", "version: v1, groupPriorityMinimum: 100, versionPriority: 10", nil),
        ("v2.", "version: v2, groupPriorityMinimum: 100, versionPriority: 10", "spec.group"),
        (
            "v1.a.example", "group: a.example, version: v1, groupPriorityMinimum: 100, versionPriority: 10, caBundle: YQ==",
            "spec.caBundle"
        ),
        (
            "v1.a.example",
            "group: a.example, version: v1, groupPriorityMinimum: 100, versionPriority: 10, service: {name: s, namespace: ns, port: 70000}",
            "spec.service.port"
        ),
    ])
    func apiServices(name: String, spec: String, place: String?) throws {
        try FaultPlaces.expect(
            "{apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: {name: \(name)}, spec: {\(spec)}}", place)
    }

    // MARK: Pods and Jobs

    private static let mount = "volumeMounts: [{name: v, mountPath: /v, readOnly: true, recursiveReadOnly: Enabled"

    @Test(arguments: [
        (
            "initContainers: [{name: a, image: a, ports: [{containerPort: 1, hostPort: 1}]}, {name: b, image: a, ports: [{containerPort: 1, hostPort: 1}]}]",
            nil
        ),
        ("volumes: [{name: v, projected: {sources: [{}]}}]", nil),
        (
            "volumes: [{name: v, projected: {sources: [{serviceAccountToken: {path: t}}, {serviceAccountToken: {path: t, audience: a}}]}}]",
            nil
        ),
        (
            "volumes: [{name: v, projected: {sources: [{clusterTrustBundle: {path: t}}]}}]",
            "spec.volumes[0].projected.sources[0].clusterTrustBundle"
        ),
        (
            "volumes: [{name: v, csi: {driver: 'A.b'}}, {name: w, csi: {driver: 'a_b'}}]", "spec.volumes[1].csi.driver"
        ),
        (
            "volumes: [{name: v, emptyDir: {}}], initContainers: [{name: i, image: i, \(mount)}]}]", nil
        ),
        (
            "volumes: [{name: v, emptyDir: {}}], initContainers: [{name: i, image: i, \(mount), mountPropagation: HostToContainer}]}]",
            "spec.initContainers[0].volumeMounts[0].recursiveReadOnly"
        ),
        (
            "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: In, values: ['-b']}]}]}}}",
            "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values[0]"
        ),
        (
            "affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, preference: {matchExpressions: [{key: a, operator: In, values: ['-b']}]}}]}}",
            nil
        ),
        (
            "affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a, labelSelector: {}, matchLabelKeys: [x], mismatchLabelKeys: [x]}]}}",
            "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].matchLabelKeys[0]"
        ),
    ])
    func pods(field: String, place: String?) throws {
        try FaultPlaces.expect(
            "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: c}], \(field)}}", place)
    }

    /// In a template ports of containers are not yet ports of the host.
    @Test func templatesOnTheNetworkOfTheHost() throws {
        let ports = "ports: [{containerPort: 80}]"
        let spec = "hostNetwork: true, containers: [{name: a, image: a, \(ports)}, {name: b, image: b, \(ports)}]"
        try FaultPlaces.expect(
            """
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}},
             template: {metadata: {labels: {a: b}}, spec: {\(spec)}}}}
            """, nil)
        try FaultPlaces.expect(
            "{apiVersion: v1, kind: Pod, metadata: {name: d}, spec: {\(spec)}}", "spec.containers[1].ports[0].containerPort")
    }

    @Test(arguments: [
        ("web", "completionMode: Indexed, completions: 3", nil),
        ("web.a", "completions: 3", nil),
        ("web.a", "completionMode: Indexed, completions: 3", "metadata.name"),
        ("web", "completionMode: Indexed, completions: 3, backoffLimitPerIndex: 1, maxFailedIndexes: 3", nil),
        ("web", "completionMode: Indexed, completions: 3, backoffLimitPerIndex: 1, maxFailedIndexes: 4", "spec.maxFailedIndexes"),
        (
            "web", "completionMode: Indexed, completions: 6, successPolicy: {rules: [{succeededIndexes: '0,2-4'}]}", nil
        ),
        (
            "web", "completionMode: Indexed, completions: 6, successPolicy: {rules: [{succeededIndexes: '2-4,1'}]}",
            "spec.successPolicy.rules[0].succeededIndexes"
        ),
        (
            "web", "completionMode: Indexed, completions: 3, successPolicy: {rules: [{succeededIndexes: '0-3'}]}",
            "spec.successPolicy.rules[0].succeededIndexes"
        ),
    ])
    func jobs(name: String, spec: String, place: String?) throws {
        try FaultPlaces.expect(
            """
            {apiVersion: batch/v1, kind: Job, metadata: {name: \(name)},
             spec: {\(spec), template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}}
            """, place)
    }

    // MARK: Details

    private static let claim = "accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}"
    private static let volume = "capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce]"

    @Test(arguments: [
        ("v1", "PersistentVolumeClaim", "\(claim), dataSource: {kind: PersistentVolumeClaim, name: a}", nil),
        (
            "v1", "PersistentVolumeClaim",
            "\(claim), dataSource: {kind: PersistentVolumeClaim, name: a}, dataSourceRef: {kind: PersistentVolumeClaim, name: a}",
            nil
        ),
        (
            "v1", "PersistentVolumeClaim",
            "\(claim), dataSource: {kind: PersistentVolumeClaim, name: a}, dataSourceRef: {kind: PersistentVolumeClaim, name: b}",
            "spec.dataSource"
        ),
        ("v1", "PersistentVolume", "\(volume), iscsi: {targetPortal: a, iqn: 'iqn.2001-04.com.example:a', lun: 0}", nil),
        ("v1", "PersistentVolume", "\(volume), iscsi: {targetPortal: a, iqn: iqn.foo, lun: 0}", "spec.iscsi.iqn"),
        ("v1", "PersistentVolume", "\(volume), iscsi: {targetPortal: a, iqn: eui.0123456789ABCDEF, lun: 256}", "spec.iscsi.lun"),
        ("v1", "PersistentVolume", "\(volume), azureFile: {secretName: a}", "spec.azureFile.shareName"),
        (
            "v1", "PersistentVolume", "\(volume), csi: {driver: a, volumeHandle: b, nodePublishSecretRef: {name: a}}",
            "spec.csi.nodePublishSecretRef.namespace"
        ),
        ("v1", "Service", "ports: [{port: 80}], ipFamilies: [IPv6], clusterIP: 'fd00::1'", nil),
        ("v1", "Service", "ports: [{port: 80}], ipFamilies: [IPv6], clusterIP: 10.0.0.1", "spec.clusterIP"),
        ("v1", "Service", "type: ExternalName, externalName: a.b, ipFamilies: [IPv4]", "spec.ipFamilies"),
        ("networking.k8s.io/v1", "Ingress", "rules: [{}], tls: [{hosts: [a.b]}]", nil),
        ("networking.k8s.io/v1", "Ingress", "rules: [{}], tls: [{hosts: ['']}]", "spec.tls[0].hosts[0]"),
        ("v1", "Pod", "containers: [{name: a, image: a}], overhead: {cpu: 1}", nil),
        ("v1", "Pod", "containers: [{name: a, image: a}], overhead: {foo: 1}", "spec.overhead.foo"),
        ("v1", "Pod", "containers: [{name: a, image: 'a '}]", "spec.containers[0].image"),
        (
            "v1", "Pod",
            "hostNetwork: true, securityContext: {windowsOptions: {hostProcess: true}}, containers: [{name: a, image: a}]",
            nil
        ),
        (
            "v1", "Pod", "securityContext: {windowsOptions: {hostProcess: true}}, containers: [{name: a, image: a}]",
            "spec.securityContext.windowsOptions.hostProcess"
        ),
        (
            "v1", "Pod", "containers: [{name: a, image: a, securityContext: {windowsOptions: {runAsUserName: 'a\\b\\c'}}}]",
            "spec.containers[0].securityContext.windowsOptions.runAsUserName"
        ),
        (
            "v1", "Pod",
            "containers: [{name: a, image: a, env: [{name: a, valueFrom: {fieldRef: {fieldPath: \"metadata.annotations['A/b']\"}}}]}]",
            nil
        ),
        (
            "v1", "Pod",
            "containers: [{name: a, image: a, env: [{name: a, valueFrom: {fieldRef: {fieldPath: \"metadata.labels['a b']\"}}}]}]",
            "spec.containers[0].env[0].valueFrom.fieldRef.fieldPath"
        ),
        (
            "v1", "Pod",
            "containers: [{name: a, image: a, restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [1]}}]}]",
            "spec.containers[0].restartPolicy"
        ),
    ])
    func details(apiVersion: String, kind: String, spec: String, place: String?) throws {
        try FaultPlaces.expect("{apiVersion: \(apiVersion), kind: \(kind), metadata: {name: a}, spec: {\(spec)}}", place)
    }

    /// Spaces around the image of a template are let through.
    @Test func imagesOfTemplates() throws {
        try FaultPlaces.expect(
            """
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}},
             template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: " "}]}}}}
            """, nil)
    }

    private static let version = "spec.versions[0].schema.openAPIV3Schema.properties.a"

    /// A property of a schema and the place in it that is told.
    @Test(arguments: [
        ("{type: string, anyOf: [{minLength: 1}, {pattern: a}]}", nil),
        ("{x-kubernetes-int-or-string: true, allOf: [{anyOf: [{type: integer}, {type: string}]}, {pattern: a}]}", nil),
        ("{type: integer, minimum: 1, default: 1}", nil),
        ("{type: array, x-kubernetes-list-type: set, items: {type: object, x-kubernetes-map-type: atomic}}", nil),
        ("{type: object, x-kubernetes-validations: [{rule: 'true'}]}", nil),
        ("{type: object, anyOf: [{type: string}]}", ".anyOf[0].type"),
        ("{type: string, not: {description: a}}", ".not.description"),
        ("{type: object, properties: {b: {type: string}}, anyOf: [{properties: {b: {minLength: 1}}}]}", nil),
        ("{type: object, properties: {b: {type: string}}, anyOf: [{properties: {c: {minLength: 1}}}]}", ".anyOf[0].properties.c"),
        ("{type: object, not: {properties: {c: {minLength: 1}}}}", ".not.properties.c"),
        ("{type: object, allOf: [{oneOf: [{items: {minLength: 1}}]}]}", ".allOf[0].oneOf[0].items"),
        ("{type: object, x-kubernetes-embedded-resource: true}", ".properties"),
        ("{type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}", nil),
        ("{type: string, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}", ".type"),
        ("{type: integer, minimum: 1, default: 0}", ".default"),
        ("{type: string, enum: [a], default: b}", ".default"),
        ("{type: string, pattern: '^a+$', default: aa}", nil),
        ("{type: string, pattern: '^a+$', default: b}", ".default"),
        ("{type: array, maxItems: 1, items: {type: string}, default: [a, b]}", ".default"),
        ("{type: array, items: {type: string}, default: [a, 1]}", ".default[1]"),
        ("{type: object, required: [b], properties: {b: {type: string}}, default: {b: c}}", nil),
        ("{type: object, properties: {b: {type: string, enum: [c]}}, default: {b: d}}", ".default.b"),
        ("{type: array, x-kubernetes-list-type: set, items: {type: object}}", ".items.x-kubernetes-map-type"),
        ("{type: object, x-kubernetes-validations: [{rule: ''}]}", ".x-kubernetes-validations[0].rule"),
    ])
    func schemas(property: String, place: String?) throws {
        try FaultPlaces.expect(
            definition("{type: object, properties: {a: \(property)}}"), place.map { Self.version + $0 })
    }

    private func definition(_ schema: String, names: String = "plural: foos, kind: Foo", version: String = "", spec: String = "")
        -> String
    {
        """
        {apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: foos.a.b}, spec: {group: a.b,
         scope: Namespaced, names: {\(names)}, versions: [{name: v1, served: true, storage: true\(version),
         schema: {openAPIV3Schema: \(schema)}}]\(spec)}}
        """
    }

    @Test func definitions() throws {
        try FaultPlaces.expect(
            definition("{type: object}", names: "plural: foos, kind: Foo, listKind: Foo"), "spec.names.listKind")
        try FaultPlaces.expect(
            definition("{type: object, properties: {metadata: {type: object, properties: {name: {type: string}}}}}"), nil)
        try FaultPlaces.expect(
            definition("{type: object, properties: {metadata: {type: object, properties: {labels: {type: object}}}}}"),
            "spec.versions[0].schema.openAPIV3Schema.properties.metadata.properties.labels")
        let schema = "{type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}"
        try FaultPlaces.expect(definition(schema, version: ", selectableFields: [{jsonPath: .spec.size}]"), nil)
        try FaultPlaces.expect(
            definition(schema, version: ", selectableFields: [{jsonPath: .spec.none}]"),
            "spec.versions[0].selectableFields[0].jsonPath")
        try FaultPlaces.expect(
            definition(schema, version: ", selectableFields: [{jsonPath: .spec.size}, {jsonPath: .spec.size}]"),
            "spec.versions[0].selectableFields[1].jsonPath")
        let scale = ", subresources: {scale: {specReplicasPath: spec.size, statusReplicasPath: .status.size}}"
        try FaultPlaces.expect(definition(schema, version: scale), "spec.versions[0].subresources.scale.specReplicasPath")
        let webhook = "{clientConfig: {url: 'https://a.b'}}"
        try FaultPlaces.expect(
            definition(schema, spec: ", conversion: {strategy: Webhook, webhook: \(webhook)}"),
            "spec.conversion.webhook.conversionReviewVersions")
    }
}
