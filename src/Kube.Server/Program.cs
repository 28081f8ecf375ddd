return await Kube.Server.Hosting.KubeServer.MainAsync(args);
