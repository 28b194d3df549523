/// Where objects of a kind hold their Pod templates.
package struct WorkloadKind: Sendable {
    /// How long its Pods run, which decides whether probes are asked for.
    package enum Life: Sendable {
        /// Until they are deleted, as those of a Deployment.
        case lasting
        /// Until their work is done, or as something else decides.
        case other
    }

    /// How the Pod is put together.
    enum Form: Sendable {
        /// A Pod template or a Pod spec stands at the paths.
        case template
        /// The same, but an operator fills in the rest: what is missing says nothing.
        case partial
        /// The templates of an Argo workflow specification at the paths.
        case argoWorkflow
        /// The steps of a Tekton task at the paths.
        case tektonTask
    }

    var paths: [PodPath]
    var form = Form.template
    var life = Life.other

    init(_ paths: [String], form: Form = .template, life: Life = .other) {
        self.init(paths.compactMap(PodPath.init(parsing:)), form: form, life: life)
    }

    init(_ paths: [PodPath], form: Form = .template, life: Life = .other) {
        self.paths = paths
        self.form = form
        self.life = life
    }
}

/// The kinds beside Kubernetes' own of which it is known where they hold Pod templates, after the types each project
/// publishes.
package enum WorkloadTable {
    static func kind(_ type: GroupKind) -> WorkloadKind? { kinds[type.group]?[type.kind] }

    /// The groups and kinds of the table, sorted.
    package static var entries: [GroupKind] {
        kinds.sorted { $0.key < $1.key }.flatMap { group, kinds in
            kinds.keys.sorted().map { GroupKind(group: group, kind: $0) }
        }
    }

    private static let template = WorkloadKind(["spec.template"])
    private static let lasting = WorkloadKind(["spec.template"], life: .lasting)
    private static let jobs = WorkloadKind(["spec.template.spec.replicatedJobs[*].template.spec.template"])

    private static let kinds: [String: [String: WorkloadKind]] = [
        "argoproj.io": [
            "Rollout": lasting,
            "Workflow": WorkloadKind(["spec"], form: .argoWorkflow),
            "WorkflowTemplate": WorkloadKind(["spec"], form: .argoWorkflow),
            "ClusterWorkflowTemplate": WorkloadKind(["spec"], form: .argoWorkflow),
            "CronWorkflow": WorkloadKind(["spec.workflowSpec"], form: .argoWorkflow),
            "AnalysisTemplate": WorkloadKind(["spec.metrics[*].provider.job.spec.template"]),
            "ClusterAnalysisTemplate": WorkloadKind(["spec.metrics[*].provider.job.spec.template"]),
            "Experiment": WorkloadKind(["spec.templates[*].template"]),
        ],
        "apps.openshift.io": ["DeploymentConfig": lasting],
        "serving.knative.dev": ["Service": template, "Configuration": template, "Revision": WorkloadKind([""])],
        "apps.kruise.io": [
            "CloneSet": lasting, "StatefulSet": lasting, "DaemonSet": lasting, "BroadcastJob": template,
            "AdvancedCronJob": WorkloadKind([
                "spec.template.jobTemplate.spec.template", "spec.template.broadcastJobTemplate.spec.template",
            ]),
            "UnitedDeployment": WorkloadKind(
                [
                    "spec.template.deploymentTemplate.spec.template", "spec.template.statefulSetTemplate.spec.template",
                    "spec.template.advancedStatefulSetTemplate.spec.template", "spec.template.cloneSetTemplate.spec.template",
                ], life: .lasting),
            "SidecarSet": WorkloadKind(["spec"], form: .partial),
        ],
        "jobset.x-k8s.io": ["JobSet": WorkloadKind(["spec.replicatedJobs[*].template.spec.template"])],
        "leaderworkerset.x-k8s.io": [
            "LeaderWorkerSet": WorkloadKind([
                "spec.leaderWorkerTemplate.leaderTemplate", "spec.leaderWorkerTemplate.workerTemplate",
            ])
        ],
        "kubeflow.org": [
            "TFJob": WorkloadKind(["spec.tfReplicaSpecs.*.template"]),
            "PyTorchJob": WorkloadKind(["spec.pytorchReplicaSpecs.*.template"]),
            "MPIJob": WorkloadKind(["spec.mpiReplicaSpecs.*.template"]),
            "XGBoostJob": WorkloadKind(["spec.xgbReplicaSpecs.*.template"]),
            "PaddleJob": WorkloadKind(["spec.paddleReplicaSpecs.*.template"]),
            "MXJob": WorkloadKind(["spec.mxReplicaSpecs.*.template"]),
            "JAXJob": WorkloadKind(["spec.jaxReplicaSpecs.*.template"]), "Notebook": template,
            "Experiment": WorkloadKind(["spec.trialTemplate.trialSpec.spec.template"]),
        ],
        "trainer.kubeflow.org": ["TrainingRuntime": jobs, "ClusterTrainingRuntime": jobs],
        "sparkoperator.k8s.io": [
            "SparkApplication": WorkloadKind(["spec.driver.template", "spec.executor.template"], form: .partial),
            "ScheduledSparkApplication": WorkloadKind(
                ["spec.template.driver.template", "spec.template.executor.template"], form: .partial),
        ],
        "tekton.dev": [
            "Task": WorkloadKind(["spec"], form: .tektonTask), "ClusterTask": WorkloadKind(["spec"], form: .tektonTask),
            "TaskRun": WorkloadKind(["spec.taskSpec"], form: .tektonTask),
            "StepAction": WorkloadKind(["spec"], form: .tektonTask),
            "Pipeline": WorkloadKind(["spec.tasks[*].taskSpec", "spec.finally[*].taskSpec"], form: .tektonTask),
            "PipelineRun": WorkloadKind(
                ["spec.pipelineSpec.tasks[*].taskSpec", "spec.pipelineSpec.finally[*].taskSpec"], form: .tektonTask),
        ],
        "keda.sh": ["ScaledJob": WorkloadKind(["spec.jobTargetRef.template"])],
        "agones.dev": [
            "Fleet": WorkloadKind(["spec.template.spec.template"]), "GameServer": template,
            "GameServerSet": WorkloadKind(["spec.template.spec.template"]),
        ],
        "batch.volcano.sh": ["Job": WorkloadKind(["spec.tasks[*].template"])],
        "ray.io": [
            "RayCluster": WorkloadKind(["spec.headGroupSpec.template", "spec.workerGroupSpecs[*].template"]),
            "RayJob": WorkloadKind([
                "spec.rayClusterSpec.headGroupSpec.template", "spec.rayClusterSpec.workerGroupSpecs[*].template",
                "spec.submitterPodTemplate",
            ]),
            "RayService": WorkloadKind([
                "spec.rayClusterConfig.headGroupSpec.template", "spec.rayClusterConfig.workerGroupSpecs[*].template",
            ]),
        ],
        "actions.github.com": [
            "AutoscalingRunnerSet": template, "EphemeralRunnerSet": WorkloadKind(["spec.ephemeralRunnerSpec"]),
            "EphemeralRunner": WorkloadKind([""]),
        ],
        "agents.x-k8s.io": ["Sandbox": WorkloadKind(["spec.podTemplate"])],
        "extensions.agents.x-k8s.io": ["SandboxTemplate": WorkloadKind(["spec.podTemplate"])],
        "operators.coreos.com": ["ClusterServiceVersion": WorkloadKind(["spec.install.spec.deployments[*].spec.template"])],
        "pkg.crossplane.io": ["DeploymentRuntimeConfig": WorkloadKind(["spec.deploymentTemplate.spec.template"], form: .partial)],
        "flink.apache.org": [
            "FlinkDeployment": WorkloadKind(
                ["spec.podTemplate", "spec.jobManager.podTemplate", "spec.taskManager.podTemplate"], form: .partial)
        ],
        "elasticsearch.k8s.elastic.co": ["Elasticsearch": WorkloadKind(["spec.nodeSets[*].podTemplate"], form: .partial)],
        "kibana.k8s.elastic.co": ["Kibana": WorkloadKind(["spec.podTemplate"], form: .partial)],
        "apm.k8s.elastic.co": ["ApmServer": WorkloadKind(["spec.podTemplate"], form: .partial)],
        "beat.k8s.elastic.co": [
            "Beat": WorkloadKind(["spec.daemonSet.podTemplate", "spec.deployment.podTemplate"], form: .partial)
        ],
        "agent.k8s.elastic.co": [
            "Agent": WorkloadKind(["spec.daemonSet.podTemplate", "spec.deployment.podTemplate"], form: .partial)
        ],
        "monitoring.coreos.com": [
            "Prometheus": WorkloadKind(["spec"], form: .partial), "PrometheusAgent": WorkloadKind(["spec"], form: .partial),
            "Alertmanager": WorkloadKind(["spec"], form: .partial), "ThanosRuler": WorkloadKind(["spec"], form: .partial),
        ],
    ]
}
