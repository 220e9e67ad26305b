package dev.stillpoint.hypervisor.ovirt.imageio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.conn.HttpHostConnectException;
import org.junit.jupiter.api.Test;

final class ProxyRouteTest {

  @Test
  void helpsWhereTheHostCannotBeReached() {
    List<IOException> unreachable =
        List.of(
            new UnknownHostException("host1"),
            new ConnectException("Connection refused"),
            new HttpHostConnectException(new ConnectException("Connection refused"), null),
            new ConnectTimeoutException("connect timed out"),
            new SocketTimeoutException("the handshake was never answered"),
            new NoRouteToHostException("No route to host: icmp-host-prohibited"),
            new PortUnreachableException("icmp-port-unreachable"),
            new SocketException("Network is unreachable"));
    assertThat(unreachable).allMatch(ProxyRoute::mayHelp);
  }

  @Test
  void doesNotHelpWhereTheHostAnswers() {
    List<IOException> answered =
        List.of(
            new SSLHandshakeException("PKIX path building failed"),
            new SSLPeerUnverifiedException("another name"),
            new IOException("imageio answered 500"));
    assertThat(answered).noneMatch(ProxyRoute::mayHelp);
    assertThat(ProxyRoute.mayHelp(new IllegalStateException("no network failure"))).isFalse();
  }
}
